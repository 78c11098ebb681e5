-- Those among a community and the ones below it of which a member sees something, or saw before they
-- were narrowed, parents first, with how much it sees now: 0 nothing, 1 the community, 2 who belongs
-- to it, too. The tree is walked down by its index: there are at most five levels.
-- $1 community, $2 member
WITH RECURSIVE below AS (
  SELECT community, 0 AS level FROM communities community WHERE id = $1
  UNION ALL
  SELECT child, level + 1
  FROM below JOIN communities child ON child.parent_id = (below.community).id
), sight AS MATERIALIZED (
  SELECT (community).id, level,
         CASE WHEN sees_members_of($2, member.affiliation <> 1, community) THEN 2
              WHEN sees_community($2, member.affiliation <> 1, community) THEN 1
              ELSE 0 END AS now,
         member.create_time < CASE WHEN member.affiliation = 1
                                   THEN greatest((community).employees_saw_until,
                                                 (community).everyone_saw_until)
                                   ELSE (community).everyone_saw_until END AS before
  FROM below
  JOIN members member ON member.id = $2
)
SELECT id, now FROM sight WHERE now > 0 OR before ORDER BY level, id
