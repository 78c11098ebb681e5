-- Forgets buckets that were last touched before a time, a chunk at once.
-- $1 touched before, $2 how many
DELETE FROM throttle_buckets
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM throttle_buckets WHERE level_time < $1 ORDER BY level_time LIMIT $2))
