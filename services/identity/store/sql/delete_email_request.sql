-- Ends what an account has asked for.
-- $1 account
DELETE FROM email_requests WHERE account_id = $1
