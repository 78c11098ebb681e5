-- For which account a secret is that still holds.
-- $1 secret hash, $2 kind, $3 now
SELECT account_id FROM one_time_secrets
WHERE secret_hash = $1 AND kind = $2 AND expire_time > $3
