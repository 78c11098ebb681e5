-- Ends requests and invitations whose end has come, those that ended first, and says which. What
-- somebody else writes is left for the next time.
-- $1 now, $2 how many
DELETE FROM proposals
WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM proposals
  WHERE expire_time <= $1
  ORDER BY expire_time
  LIMIT $2
  FOR UPDATE SKIP LOCKED))
RETURNING community_id, member_id, kind
