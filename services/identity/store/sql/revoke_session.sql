-- Ends one session of an account if it lives, and says so.
-- $1 session, $2 account, $3 now, $4 live since
UPDATE sessions SET revoke_time = $3
WHERE id = $1 AND account_id = $2 AND revoke_time IS NULL AND expire_time > $3
  AND last_used_time > $4
RETURNING id
