-- Forgets sessions that ran out before a time, a chunk at once. Revoked ones go when they would
-- have run out.
-- $1 ran out before, $2 how many
DELETE FROM sessions
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM sessions WHERE expire_time < $1 ORDER BY expire_time LIMIT $2))
