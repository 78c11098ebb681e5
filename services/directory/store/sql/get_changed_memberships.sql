-- Memberships that stand, in no order.
-- $1 communities, $2 members (arrays of the same length)
SELECT community_id, member_id, role, create_time
FROM memberships JOIN unnest($1, $2) AS wanted(community_id, member_id)
  USING (community_id, member_id)
