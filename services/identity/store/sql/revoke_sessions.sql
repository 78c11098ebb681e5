-- Ends the live sessions of an account but one, and says which. A nil id spares none.
-- Also what seems to have run out in the last five minutes: a use may not be written yet, and
-- clocks of processes differ; it could live again after this has been answered.
-- $1 account, $2 spared session, $3 now, $4 live since
UPDATE sessions SET revoke_time = $3
WHERE account_id = $1 AND id <> $2 AND revoke_time IS NULL
  AND expire_time > $3 - interval '5 minutes' AND last_used_time > $4 - interval '5 minutes'
RETURNING id
