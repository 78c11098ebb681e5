-- How many invitations of others than an address hold, and whether the address has an account.
-- $1 email, $2 now
SELECT (SELECT count(*) FROM invitations WHERE expire_time > $2 AND email <> $1),
       EXISTS (SELECT FROM accounts WHERE email = $1)
