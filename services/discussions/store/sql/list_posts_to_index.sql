-- The next posts in order of topic and number, whether they stand or not: those that do have a
-- text. The limits of one row keep the plan to look-ups, however many rows it expects.
-- $1 topic and $2 number to go on after, $3 how many
SELECT post.id, post.topic_id, post.number, topic.community_id, post.author_id, post.create_time,
       CASE WHEN post.number = 1 THEN topic.title ELSE '' END, post.markdown, topic.tags,
       topic.traits, post.delete_time IS NULL AND topic.delete_time IS NULL
FROM (
  SELECT * FROM posts WHERE (topic_id, number) > ($1, $2) ORDER BY topic_id, number LIMIT $3
) post
CROSS JOIN LATERAL (
  SELECT *, topic_traits(topics) AS traits FROM topics WHERE id = post.topic_id LIMIT 1
) topic
ORDER BY post.topic_id, post.number
