-- Suspended accounts whose end has come, those that ended first, after (end, account).
-- $1 now, $2 end and $3 account to go on after, $4 how many
SELECT suspend_until, id
FROM accounts
WHERE suspend_until <= $1 AND (suspend_until, id) > ($2, $3)
ORDER BY suspend_until, id
LIMIT $4
