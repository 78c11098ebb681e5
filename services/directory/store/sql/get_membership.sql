-- One membership.
-- $1 community, $2 member
SELECT role, create_time FROM memberships WHERE community_id = $1 AND member_id = $2
