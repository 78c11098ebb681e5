-- Those of some posts, named by id or by number, that stand.
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length)
SELECT post.id, post.topic_id, post.number, topic.community_id, post.author_id, post.create_time,
       CASE WHEN post.number = 1 THEN topic.title ELSE '' END, post.markdown, topic.tags
FROM unnest($1, $2, $3) AS wanted(topic_id, id, number)
JOIN topics topic ON topic.id = wanted.topic_id AND topic.delete_time IS NULL
CROSS JOIN LATERAL (
  SELECT * FROM posts WHERE topic_id = wanted.topic_id AND number = wanted.number
  UNION ALL
  SELECT * FROM posts WHERE id = wanted.id AND topic_id = wanted.topic_id
) post
WHERE post.delete_time IS NULL
