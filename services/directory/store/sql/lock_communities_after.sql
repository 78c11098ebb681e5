-- Holds a batch of communities, in order of their ids, until the end of the transaction.
-- $1 id to go on after, $2 how many
SELECT id FROM communities WHERE id > $1 ORDER BY id LIMIT $2 FOR UPDATE
