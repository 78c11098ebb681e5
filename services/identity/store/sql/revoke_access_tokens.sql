-- Ends the access tokens of an account and says which. Also what seems to have run out in the last
-- five minutes: clocks of processes differ.
-- $1 account, $2 now
UPDATE access_tokens SET revoke_time = $2
WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2 - interval '5 minutes'
RETURNING id
