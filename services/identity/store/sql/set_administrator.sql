-- Makes a locked account administer the organization, or no longer.
-- $1 account, $2 whether it does
UPDATE accounts SET administrator = $2 WHERE id = $1
