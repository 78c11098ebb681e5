-- Forgets invitations that ran out before a time, a chunk at once.
-- $1 ran out before, $2 how many
DELETE FROM invitations
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM invitations WHERE expire_time < $1 ORDER BY expire_time LIMIT $2))
