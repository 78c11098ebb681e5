-- The sessions of an account that live, or may yet: a use may not be written, and clocks of
-- processes differ.
-- $1 account, $2 now, $3 live since
SELECT id FROM sessions
WHERE account_id = $1 AND revoke_time IS NULL
  AND expire_time > $2 - interval '5 minutes' AND last_used_time > $3 - interval '5 minutes'
