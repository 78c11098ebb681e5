-- Forgets requests for another password from before a time, a chunk at once.
-- $1 asked before, $2 how many
DELETE FROM reset_requests
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM reset_requests WHERE create_time < $1 ORDER BY create_time LIMIT $2))
