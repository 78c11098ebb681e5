-- How held topics end: the last number that was given with the time of its place, and who wrote
-- when the last post that stands, looked for from a number back. What was carried into another
-- topic leaves its number alone, which stands where the last post does; the first post goes with
-- its topic.
-- $1 topics, $2 the number from which to look
SELECT wanted.id, last.number, own.time, standing.number, standing.author_id, standing.time
FROM unnest($1) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT number FROM posts WHERE topic_id = wanted.id ORDER BY number DESC LIMIT 1
) last
CROSS JOIN LATERAL (
  SELECT coalesce(place_time, create_time) AS time FROM posts
  WHERE topic_id = wanted.id AND version > 0
  ORDER BY number DESC
  LIMIT 1
) own
CROSS JOIN LATERAL (
  SELECT number, author_id, coalesce(place_time, create_time) AS time FROM posts
  WHERE topic_id = wanted.id AND number <= $2 AND (delete_time IS NULL OR number = 1)
  ORDER BY number DESC
  LIMIT 1
) standing
