-- Whether an access token is an account's, held or not.
-- $1 token, $2 account
SELECT EXISTS (SELECT FROM access_tokens WHERE id = $1 AND account_id = $2)
