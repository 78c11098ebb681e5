-- Ends a request for another password, if it is there.
-- $1 id
DELETE FROM reset_requests WHERE id = $1
