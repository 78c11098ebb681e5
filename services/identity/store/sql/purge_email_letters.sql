-- Forgets letters about changes of addresses that were due before a time, a chunk at once.
-- $1 due before, $2 how many
DELETE FROM email_letters
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM email_letters WHERE due_time < $1 ORDER BY due_time LIMIT $2))
