-- Notes that an account got another address.
-- $1 id, $2 account, $3 administrator who gave it or null, $4 now
INSERT INTO email_changes (id, account_id, changer_id, change_time) VALUES ($1, $2, $3, $4)
