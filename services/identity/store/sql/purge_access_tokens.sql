-- Forgets access tokens that ran out before a time, a chunk at once. Revoked ones go when they would
-- have run out.
-- $1 ran out before, $2 how many
DELETE FROM access_tokens
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM access_tokens WHERE expire_time < $1 ORDER BY expire_time LIMIT $2))
