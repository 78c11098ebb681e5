-- Ends the live sessions of an account but one, and says which. A nil id spares none.
-- $1 account, $2 spared session, $3 now, $4 live since
UPDATE sessions SET revoke_time = $3
WHERE account_id = $1 AND id <> $2 AND revoke_time IS NULL AND expire_time > $3
  AND last_used_time > $4
RETURNING id
