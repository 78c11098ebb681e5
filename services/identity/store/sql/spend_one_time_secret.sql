-- Uses a secret up, if it still holds, and says when it was issued.
-- $1 secret hash, $2 kind, $3 now
DELETE FROM one_time_secrets
WHERE secret_hash = $1 AND kind = $2 AND expire_time > $3
RETURNING create_time
