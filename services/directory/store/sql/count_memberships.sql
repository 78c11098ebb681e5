-- How many communities a member belongs to.
-- $1 member
SELECT count(*)::int FROM memberships WHERE member_id = $1
