-- The live sessions of an account, newest first.
-- $1 account, $2 now, $3 live since, $4 how many
SELECT id, account_id, create_time, last_used_time, expire_time, revoke_time, user_agent, place
FROM sessions
WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 AND last_used_time > $3
ORDER BY create_time DESC, id DESC
LIMIT $4
