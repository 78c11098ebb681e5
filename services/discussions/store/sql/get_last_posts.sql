-- The last posts of held topics.
-- $1 topics
SELECT wanted.id, last.number, last.author_id, last.create_time
FROM unnest($1) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT number, author_id, create_time FROM posts
  WHERE topic_id = wanted.id
  ORDER BY number DESC
  LIMIT 1
) last
