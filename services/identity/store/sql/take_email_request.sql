-- Uses the secret of a locked account's other address up, if it still holds, and says the address.
-- $1 account, $2 secret hash, $3 now
DELETE FROM email_requests
WHERE account_id = $1 AND secret_hash = $2 AND expire_time > $3
RETURNING email
