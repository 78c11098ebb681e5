-- Ends one session of an account if it lives, and says so.
-- Also what seems to have run out in the last five minutes: a use may not be written yet, and
-- clocks of processes differ; it could live again after this has been answered.
-- $1 session, $2 account, $3 now, $4 live since
UPDATE sessions SET revoke_time = $3
WHERE id = $1 AND account_id = $2 AND revoke_time IS NULL
  AND expire_time > $3 - interval '5 minutes' AND last_used_time > $4 - interval '5 minutes'
RETURNING id
