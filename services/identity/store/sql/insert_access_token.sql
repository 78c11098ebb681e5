-- Makes an access token.
-- $1 id, $2 account, $3 secret hash, $4 display name, $5 scope, $6 time, $7 expiry
INSERT INTO access_tokens (id, account_id, secret_hash, display_name, scope, create_time,
                           expire_time)
VALUES ($1, $2, $3, $4, $5, $6, $7)
