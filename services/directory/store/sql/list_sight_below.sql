-- Those among a community and the ones below it that a member sees, or saw before they were
-- narrowed, parents first, with whether it sees them now. The tree is walked down by its index: there
-- are at most five levels.
-- $1 community, $2 member
WITH RECURSIVE below AS (
  SELECT community, 0 AS level FROM communities community WHERE id = $1
  UNION ALL
  SELECT child, level + 1
  FROM below JOIN communities child ON child.parent_id = (below.community).id
), sight AS MATERIALIZED (
  SELECT (community).id, level,
         sees_community($2, member.affiliation <> 1, community) AS now,
         member.create_time < CASE WHEN member.affiliation = 1
                                   THEN greatest((community).employees_saw_until,
                                                 (community).everyone_saw_until)
                                   ELSE (community).everyone_saw_until END AS before
  FROM below
  JOIN members member ON member.id = $2
)
SELECT id, now FROM sight WHERE now OR before ORDER BY level, id
