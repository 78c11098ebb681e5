-- Ends the secrets of a kind that an account has.
-- $1 account, $2 kind
DELETE FROM one_time_secrets WHERE account_id = $1 AND kind = $2
