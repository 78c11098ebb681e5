-- Who belongs to a community: highest role first, then by time of joining, after (role, time,
-- member). (A stretch of the index for each role: asked for all of them at once, a page would read
-- all pages before it.)
-- $1 community, $2 role, $3 time and $4 member to go on after, $5 how many
SELECT membership.member_id, membership.role, membership.create_time
FROM (VALUES (3), (2), (1)) AS ranked(role)
CROSS JOIN LATERAL (
  SELECT member_id, role, create_time
  FROM memberships
  WHERE community_id = $1
    AND role = ranked.role
    AND ranked.role <= $2
    AND (create_time, member_id) > (CASE WHEN ranked.role < $2 THEN '-infinity' ELSE $3 END, $4)
  ORDER BY create_time, member_id
  LIMIT $5
) membership
ORDER BY membership.role DESC, membership.create_time, membership.member_id
LIMIT $5
