-- Holds the next community until the end of the transaction, so that nobody changes what it says.
-- $1 id to go on after
SELECT id FROM communities WHERE id > $1 ORDER BY id LIMIT 1 FOR NO KEY UPDATE
