-- A removed topic that is held is there again. Its title and what it began with are kept by
-- it alone from then on.
-- $1 topic, $2 version, $3 removal, $4 time, $5 who restores it
WITH told AS (
  UPDATE removals SET restore_time = $4, restorer_id = $5, title = '', markdown = ''
  WHERE id = $3
)
UPDATE topics SET delete_time = NULL, version = $2 WHERE id = $1
