-- The account of an address, and whether it has ever had a session from a place. Without an account
-- no row.
-- $1 email, $2 place
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
       EXISTS (SELECT FROM sessions WHERE account_id = accounts.id AND place = $2)
FROM accounts
WHERE email = $1
