-- Gives a locked account another address.
-- $1 account, $2 email
UPDATE accounts SET email = $2 WHERE id = $1
