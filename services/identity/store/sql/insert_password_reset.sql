-- Notes that an administrator has issued a reset of a password.
-- $1 secret hash, $2 account, $3 issuer, $4 time
INSERT INTO password_resets (secret_hash, account_id, issuer_id, issue_time)
VALUES ($1, $2, $3, $4)
