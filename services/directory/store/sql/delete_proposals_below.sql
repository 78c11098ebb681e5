-- Ends the requests of a member for a community and those below it, and its invitation into the
-- community, and says which. Invitations into those below wait, unseen: that they went would tell
-- whoever keeps order there of a ban of which it may not know.
-- $1 community, $2 member
WITH ended AS (
  DELETE FROM proposals proposal USING communities community
  WHERE proposal.member_id = $2 AND community.id = proposal.community_id
    AND (community.id = $1 OR $1 = ANY (community.ancestor_ids) AND proposal.kind = 1)
  RETURNING proposal.community_id, proposal.member_id, proposal.kind
)
SELECT community_id, member_id, kind FROM ended ORDER BY community_id, kind
