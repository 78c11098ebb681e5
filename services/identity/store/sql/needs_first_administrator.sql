-- Whether there is neither an account nor a secret for an administrator that holds.
-- $1 kind, $2 now
SELECT NOT EXISTS (SELECT FROM accounts)
   AND NOT EXISTS (SELECT FROM one_time_secrets WHERE kind = $1 AND expire_time > $2)
