-- Who belongs to a community: highest role first, then by time of joining, after (role, time,
-- member).
-- $1 community, $2 role, $3 time and $4 member to go on after, $5 how many
SELECT member_id, role, create_time
FROM memberships
WHERE community_id = $1
  AND role <= $2
  AND (role < $2 OR (create_time, member_id) > ($3, $4))
ORDER BY role DESC, create_time, member_id
LIMIT $5
