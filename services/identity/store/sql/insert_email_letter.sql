-- Has a letter about a change of an address put down.
-- $1 id, $2 kind, $3 email, $4 now
INSERT INTO email_letters (id, kind, email, due_time) VALUES ($1, $2, $3, $4)
