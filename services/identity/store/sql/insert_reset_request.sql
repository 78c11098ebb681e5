-- Notes that somebody has asked for another password, or an administrator for somebody.
-- $1 id, $2 email, $3 time, $4 issuer or null
INSERT INTO reset_requests (id, email, create_time, issuer_id) VALUES ($1, $2, $3, $4)
