-- Takes the oldest request for another password that nobody else holds.
DELETE FROM reset_requests
WHERE id = (SELECT id FROM reset_requests ORDER BY create_time LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING email, issuer_id
