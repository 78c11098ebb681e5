-- The changes of an account's address, the last one first.
-- $1 account, $2 since, $3 how many
SELECT changer_id, change_time
FROM email_changes
WHERE account_id = $1 AND change_time > $2
ORDER BY change_time DESC, id DESC
LIMIT $3
