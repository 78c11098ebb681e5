-- Counts the answers to posts of held topics anew.
-- $1 topics, $2 numbers (arrays of the same length)
UPDATE posts SET reply_count = counted.replies
FROM (
  SELECT wanted.topic_id, wanted.number,
         (SELECT count(*)::integer FROM posts reply
          WHERE reply.topic_id = wanted.topic_id AND reply.reply_to_number = wanted.number
            AND reply.delete_time IS NULL) AS replies
  FROM unnest($1, $2) AS wanted(topic_id, number)
) counted
WHERE posts.topic_id = counted.topic_id AND posts.number = counted.number
  AND posts.reply_count <> counted.replies
