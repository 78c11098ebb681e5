-- Some of the posts that are known in topics which they have left are known where they stand now. With
-- the progress held, as everybody does who writes words.
-- $1 topics, $2 how many
UPDATE post_words known SET topic_id = stale.now_id
FROM (
  SELECT old.post_id, post.topic_id AS now_id
  FROM post_words old
  JOIN posts post ON post.id = old.post_id AND post.topic_id <> old.topic_id
  WHERE old.topic_id = ANY ($1)
  LIMIT $2
) stale
WHERE known.post_id = stale.post_id
RETURNING true
