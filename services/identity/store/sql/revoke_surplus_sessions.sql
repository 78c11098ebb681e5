-- Ends the live sessions of an account beyond those that were used last, and says which.
-- $1 account, $2 now, $3 live since, $4 how many stay
UPDATE sessions SET revoke_time = $2
WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 AND last_used_time > $3
  AND id NOT IN (
    SELECT id FROM sessions
    WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 AND last_used_time > $3
    ORDER BY last_used_time DESC, id DESC
    LIMIT $4)
RETURNING id
