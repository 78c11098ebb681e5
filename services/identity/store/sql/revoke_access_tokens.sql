-- Ends the access tokens of an account and says which. Also what seems to have run out in the last
-- five minutes: clocks of processes differ.
-- In order of the ids, so that it never waits in a ring with those who note uses.
-- $1 account, $2 now
WITH ending AS (
  SELECT id FROM access_tokens
  WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 - interval '5 minutes'
  ORDER BY id
  FOR UPDATE
)
UPDATE access_tokens SET revoke_time = $2
FROM ending
WHERE access_tokens.id = ending.id
RETURNING access_tokens.id
