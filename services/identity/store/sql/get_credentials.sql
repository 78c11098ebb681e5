-- The account of an address, whether it has ever had a session from a place, whether any has, and
-- when the account's password was last reset. One row, without an account as well; an empty place
-- is nobody's.
-- $1 email, $2 place
SELECT account.id, account.email, account.display_name, account.affiliation,
       account.password_hash, account.pepper_id, account.create_time,
       account.administrator, account.suspend_time, account.suspend_reason,
       account.suspend_expire_time,
       EXISTS (SELECT FROM sessions WHERE place = $2 AND place <> '' AND account_id = account.id),
       EXISTS (SELECT FROM sessions WHERE place = $2 AND place <> ''),
       (SELECT use_time FROM password_resets WHERE account_id = account.id
        ORDER BY use_time DESC NULLS LAST, issue_time DESC LIMIT 1)
FROM (SELECT $1 AS email) AS question
LEFT JOIN accounts account ON account.email = question.email
