-- What is quoted of a post of a held topic goes, wherever it is quoted, if the post was edited
-- since and does not say it any more. The posts of the topic that lose a quote, each once. (Rows are
-- taken in the order of their key, as by the triggers of quotes; posts are looked up, see
-- list_quoting_posts.)
-- $1 topic, $2 post, $3 what it says, in the form of quotes
WITH gone AS (
  DELETE FROM quotes
  WHERE (post_id, place) IN (SELECT post_id, place FROM quotes
                             WHERE source_id = $2 AND replace_community_id IS NOT NULL
                               AND strpos($3, text) = 0
                             ORDER BY post_id, place
                             FOR UPDATE)
  RETURNING post_id
)
SELECT post.id, post.version
FROM (SELECT DISTINCT post_id AS id FROM gone) losing
CROSS JOIN LATERAL (
  SELECT id, version, number FROM posts WHERE id = losing.id AND topic_id = $1 LIMIT 1
) post
ORDER BY post.number
