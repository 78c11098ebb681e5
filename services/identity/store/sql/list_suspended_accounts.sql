-- Which accounts are suspended, in order of their ids.
-- $1 id to go on after, $2 how many
SELECT id
FROM accounts
WHERE suspended AND id > $1
ORDER BY id
LIMIT $2
