-- The account of an address.
-- $1 email
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
       administrator, suspend_time, suspend_reason, suspend_expire_time
FROM accounts
WHERE email = $1
