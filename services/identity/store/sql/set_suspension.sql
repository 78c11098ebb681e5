-- Suspends an account, or lets it be used again.
-- $1 account, $2 since when, or null, $3 reason, $4 until when, or null
UPDATE accounts SET suspend_time = $2, suspend_reason = $3, suspend_expire_time = $4 WHERE id = $1
