-- Suspended accounts whose end has come, those that ended first, after (end, account).
-- $1 now, $2 end and $3 account to go on after, $4 how many
SELECT suspend_expire_time, id
FROM accounts
WHERE suspend_expire_time <= $1 AND (suspend_expire_time, id) > ($2, $3)
ORDER BY suspend_expire_time, id
LIMIT $4
