-- Forgets changes of addresses from before a time, a chunk at once.
-- $1 changed before, $2 how many
DELETE FROM email_changes
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM email_changes WHERE change_time < $1 ORDER BY change_time LIMIT $2))
