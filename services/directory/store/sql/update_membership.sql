-- Gives a member another role.
-- $1 community, $2 member, $3 role
UPDATE memberships SET role = $3 WHERE community_id = $1 AND member_id = $2
