-- The access tokens of an account that hold, newest first.
-- $1 account, $2 now, $3 how many
SELECT id, account_id, display_name, scope, create_time, expire_time, last_used_time, revoke_time
FROM access_tokens
WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2
ORDER BY create_time DESC, id DESC
LIMIT $3
