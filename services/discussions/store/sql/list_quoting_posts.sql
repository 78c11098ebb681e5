-- The posts of a held topic that quote one of it.
-- $1 topic, $2 post
SELECT id, version
FROM posts
WHERE id IN (SELECT post_id FROM quotes WHERE source_id = $2) AND topic_id = $1
ORDER BY number
