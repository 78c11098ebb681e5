-- Forgets resets that were issued before a time, a chunk at once.
-- $1 issued before, $2 how many
DELETE FROM password_resets
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM password_resets WHERE issue_time < $1 ORDER BY issue_time LIMIT $2))
