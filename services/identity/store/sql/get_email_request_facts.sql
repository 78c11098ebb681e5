-- Whether the request that a letter is for still holds, and whether its address has an account.
-- $1 id, $2 email, $3 now
SELECT EXISTS (SELECT FROM email_requests WHERE id = $1 AND expire_time > $3),
       EXISTS (SELECT FROM accounts WHERE email = $2)
