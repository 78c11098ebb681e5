-- Deletes a locked topic for a reason. Its title and its posts stay, where nobody reads them; with
-- the reason stands what it began with.
-- $1 topic, $2 time, $3 version, $4 removal, $5 community, $6 author, $7 remover, $8 reason
WITH gone AS (
  UPDATE topics SET delete_time = $2, version = $3 WHERE id = $1 RETURNING title
)
INSERT INTO removals (id, community_id, topic_id, author_id, remover_id, remove_time, title,
                      markdown, reason)
SELECT $4, $5, $1, $6, $7, $2, gone.title, first.markdown, $8
FROM gone, posts first
WHERE first.topic_id = $1 AND first.number = 1
RETURNING title, markdown
