-- Opens an account.
-- $1 id, $2 email, $3 display name, $4 affiliation, $5 password hash, $6 pepper id, $7 time
INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, create_time)
VALUES ($1, $2, $3, $4, $5, $6, $7)
