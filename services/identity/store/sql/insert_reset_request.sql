-- Notes that somebody has asked for another password.
-- $1 id, $2 email, $3 time
INSERT INTO reset_requests (id, email, create_time) VALUES ($1, $2, $3)
