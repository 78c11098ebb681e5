-- Owners of a community who are not suspended, first those who belong to it longest, for whoever
-- may see who belongs to it.
-- $1 community, $2 viewer, $3 whether the viewer is external, $4 how many
SELECT member_id
FROM memberships
WHERE community_id = $1 AND role = 3
  AND NOT (SELECT suspended FROM members WHERE id = member_id)
  AND (SELECT sees_members_of($2, $3, community) FROM communities community WHERE id = $1)
ORDER BY create_time, member_id
LIMIT $4
