-- Holds a batch of communities, in order of their ids, until the end of the transaction. One that is
-- being written is left for the next round: waiting for it could close a ring of waits.
-- $1 id to go on after, $2 how many
SELECT id FROM communities WHERE id > $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
