-- Forgets secrets that ran out before a time, a chunk at once.
-- $1 ran out before, $2 how many
DELETE FROM one_time_secrets
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM one_time_secrets WHERE expire_time < $1 ORDER BY expire_time LIMIT $2))
