-- Stores another password hash.
-- $1 account, $2 password hash, $3 pepper id
UPDATE accounts SET password_hash = $2, pepper_id = $3 WHERE id = $1
