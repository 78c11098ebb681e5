-- Holds a batch of members, in order of their ids, until the end of the transaction. One that is
-- being written is left for the next round.
-- $1 id to go on after, $2 how many
SELECT id FROM members WHERE id > $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED
