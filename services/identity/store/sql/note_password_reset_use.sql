-- Notes that a reset was used, also of one that came by a letter.
-- $1 secret hash, $2 account, $3 when it was issued, $4 now
INSERT INTO password_resets (secret_hash, account_id, issue_time, use_time)
VALUES ($1, $2, $3, $4)
ON CONFLICT (secret_hash) DO UPDATE SET use_time = excluded.use_time
