-- Forgets a letter that was put down.
-- $1 id
DELETE FROM email_letters WHERE id = $1
