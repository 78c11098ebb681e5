-- Takes back what a member chose for a community.
-- $1 member, $2 community
DELETE FROM community_follows WHERE member_id = $1 AND community_id = $2
