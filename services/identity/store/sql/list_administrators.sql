-- Who administers the organization, by age of the account.
-- $1 how many
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
       administrator, suspend_time, suspend_reason, suspend_expire_time
FROM accounts
WHERE administrator
ORDER BY create_time, id
LIMIT $1
