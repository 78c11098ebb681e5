-- How held topics end: their last number, and who wrote when what stands there last. What was
-- carried into another topic leaves its number alone.
-- $1 topics
SELECT wanted.id, last.number, own.author_id, own.time
FROM unnest($1) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT number FROM posts WHERE topic_id = wanted.id ORDER BY number DESC LIMIT 1
) last
CROSS JOIN LATERAL (
  SELECT author_id, coalesce(place_time, create_time) AS time FROM posts
  WHERE topic_id = wanted.id AND version > 0
  ORDER BY number DESC
  LIMIT 1
) own
