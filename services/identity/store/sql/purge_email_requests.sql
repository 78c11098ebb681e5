-- Forgets requests for other addresses that ran out before a time, a chunk at once.
-- $1 ran out before, $2 how many
DELETE FROM email_requests
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM email_requests WHERE expire_time < $1 ORDER BY expire_time LIMIT $2))
