-- Ends the live sessions of an account beyond those that were used last, and says which.
-- In order of the ids, so that it never waits in a ring with those who note uses.
-- $1 account, $2 now, $3 live since, $4 how many stay
WITH ending AS (
  SELECT id FROM sessions
  WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 AND last_used_time > $3
    AND id NOT IN (
      SELECT id FROM sessions
      WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 AND last_used_time > $3
      ORDER BY last_used_time DESC, id DESC
      LIMIT $4)
  ORDER BY id
  FOR UPDATE
)
UPDATE sessions SET revoke_time = $2
FROM ending
WHERE sessions.id = ending.id
RETURNING sessions.id
