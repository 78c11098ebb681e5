-- When a session of an account began, unless it was revoked.
-- $1 session, $2 account
SELECT create_time FROM sessions WHERE id = $1 AND account_id = $2 AND revoke_time IS NULL
