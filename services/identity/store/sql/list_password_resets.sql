-- The resets of an account's password: those used last first, then those issued last.
-- $1 account, $2 issued since, $3 how many
SELECT issuer_id, issue_time, use_time
FROM password_resets
WHERE account_id = $1 AND issue_time > $2
ORDER BY use_time DESC NULLS LAST, issue_time DESC
LIMIT $3
