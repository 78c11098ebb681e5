-- A removed post of a held topic is there again, with its text, which goes from the removal.
-- $1 topic, $2 number, $3 version, $4 text, $5 removal, $6 time, $7 who restores it
WITH told AS (
  UPDATE removals SET restore_time = $6, restorer_id = $7, markdown = '' WHERE id = $5
)
UPDATE posts SET markdown = $4, delete_time = NULL, removed = false, version = $3
WHERE topic_id = $1 AND number = $2
