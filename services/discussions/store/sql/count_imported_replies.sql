-- Counts answers to posts of locked topics, and says which posts those are.
-- $1 topics, $2 the numbers that are answered, once for each answer
UPDATE posts SET reply_count = reply_count + answered.more
FROM (
  SELECT topic_id, number, count(*)::integer AS more
  FROM unnest($1, $2) AS answer(topic_id, number)
  GROUP BY topic_id, number
) answered
WHERE posts.topic_id = answered.topic_id AND posts.number = answered.number
RETURNING posts.topic_id, posts.id, posts.version
