-- Notes that the owner of an account wants another address, in place of an earlier one.
-- $1 account, $2 id, $3 secret hash, $4 email, $5 expiry
INSERT INTO email_requests (account_id, id, secret_hash, email, expire_time)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (account_id) DO UPDATE
SET id = excluded.id, secret_hash = excluded.secret_hash, email = excluded.email,
    expire_time = excluded.expire_time
