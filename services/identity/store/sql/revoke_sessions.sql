-- Ends the live sessions of an account but one, and says which. A nil id spares none.
-- Also what seems to have run out in the last five minutes: a use may not be written yet, and
-- clocks of processes differ; it could live again after this has been answered.
-- In order of the ids, so that it never waits in a ring with those who note uses.
-- $1 account, $2 spared session, $3 now, $4 live since
WITH ending AS (
  SELECT id FROM sessions
  WHERE account_id = $1 AND id <> $2 AND revoke_time IS NULL
    AND expire_time > $3 - interval '5 minutes' AND last_used_time > $4 - interval '5 minutes'
  ORDER BY id
  FOR UPDATE
)
UPDATE sessions SET revoke_time = $3
FROM ending
WHERE sessions.id = ending.id
RETURNING sessions.id
