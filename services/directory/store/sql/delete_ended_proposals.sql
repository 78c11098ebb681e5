-- Ends requests and invitations whose end has come, those that ended first, and says which. What
-- somebody else writes is left for the next time.
-- $1 now, $2 how many
WITH due AS MATERIALIZED (
  SELECT community_id, member_id, kind FROM proposals
  WHERE expire_time <= $1
  ORDER BY expire_time
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
DELETE FROM proposals proposal USING due
WHERE proposal.community_id = due.community_id AND proposal.member_id = due.member_id
  AND proposal.kind = due.kind
RETURNING proposal.community_id, proposal.member_id, proposal.kind
