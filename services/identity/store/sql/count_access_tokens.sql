-- How many access tokens of an account hold.
-- $1 account, $2 now
SELECT count(*) FROM access_tokens
WHERE account_id = $1 AND revoke_time IS NULL AND expire_time > $2
