-- Whether a session is an account's, live or not.
-- $1 session, $2 account
SELECT EXISTS (SELECT FROM sessions WHERE id = $1 AND account_id = $2)
