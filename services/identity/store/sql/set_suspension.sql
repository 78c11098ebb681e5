-- Suspends an account, or lets it be used again.
-- $1 account, $2 since when, or null
UPDATE accounts SET suspend_time = $2 WHERE id = $1
