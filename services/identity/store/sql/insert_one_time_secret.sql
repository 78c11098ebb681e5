-- Keeps a secret that may be shown once.
-- $1 secret hash, $2 kind, $3 account or null, $4 now, $5 expiry
INSERT INTO one_time_secrets (secret_hash, kind, account_id, create_time, expire_time)
VALUES ($1, $2, $3, $4, $5)
