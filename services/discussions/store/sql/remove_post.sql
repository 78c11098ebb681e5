-- Deletes a post of a held topic for a reason, with which alone its text stays.
-- $1 topic, $2 number, $3 time, $4 version, $5 removal, $6 community, $7 post, $8 author,
-- $9 remover, $10 text, $11 reason
WITH gone AS (
  UPDATE posts SET markdown = '', quoted_bytes = 0, delete_time = $3, version = $4, removed = true
  WHERE topic_id = $1 AND number = $2
)
INSERT INTO removals (id, community_id, topic_id, post_id, author_id, remover_id, remove_time,
                      title, markdown, reason)
SELECT $5, $6, $1, $7, $8, $9, $3, title, $10, $11 FROM topics WHERE id = $1
RETURNING title, markdown
