-- The posts of a held topic that quote one of it. (One look-up a post, and no condition on many: for
-- that the planner may read all of a long topic.)
-- $1 topic, $2 post
SELECT post.id, post.version
FROM (SELECT DISTINCT post_id AS id FROM quotes WHERE source_id = $2) quoting
CROSS JOIN LATERAL (
  SELECT id, version, number FROM posts WHERE id = quoting.id AND topic_id = $1 LIMIT 1
) post
ORDER BY post.number
