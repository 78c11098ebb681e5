-- Adds a key.
-- $1 key id, $2 x, $3 y, $4 sealed private key, $5 sign from, $6 now
INSERT INTO signing_keys (key_id, x, y, sealed_private_key, sign_from, create_time)
VALUES ($1, $2, $3, $4, $5, $6)
