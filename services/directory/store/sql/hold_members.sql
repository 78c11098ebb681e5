-- Holds members until the end of the transaction, so that nobody else writes their memberships and
-- bans. In order of the ids, so that two of these never wait for each other in a ring.
-- $1 members
SELECT FROM members WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE
