-- Ends one access token of an account if it holds, and says so. Also what seems to have run out in
-- the last five minutes: clocks of processes differ.
-- $1 token, $2 account, $3 now
UPDATE access_tokens SET revoke_time = $3
WHERE id = $1 AND account_id = $2 AND revoke_time IS NULL
  AND expire_time > $3 - interval '5 minutes'
RETURNING id
