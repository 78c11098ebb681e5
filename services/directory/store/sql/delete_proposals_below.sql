-- Ends the requests and invitations of a member for a community and those below it, and says which.
-- $1 community, $2 member
WITH ended AS (
  DELETE FROM proposals proposal USING communities community
  WHERE proposal.member_id = $2 AND community.id = proposal.community_id
    AND (community.id = $1 OR $1 = ANY (community.ancestor_ids))
  RETURNING proposal.community_id, proposal.member_id, proposal.kind
)
SELECT community_id, member_id, kind FROM ended ORDER BY community_id, kind
