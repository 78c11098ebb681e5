-- Holds an account while its password or its sessions change.
-- $1 id
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
       administrator, suspend_time, suspend_reason, suspend_expire_time
FROM accounts
WHERE id = $1
FOR UPDATE
