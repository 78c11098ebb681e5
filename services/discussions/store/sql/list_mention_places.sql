-- The communities in which posts mention a member: the way down an index for each.
-- $1 member, $2 how many
WITH RECURSIVE place AS (
  (SELECT community_id FROM mentions WHERE member_id = $1 ORDER BY community_id LIMIT 1)
  UNION ALL
  SELECT (SELECT community_id FROM mentions
          WHERE member_id = $1 AND community_id > place.community_id
          ORDER BY community_id LIMIT 1)
  FROM place
  WHERE place.community_id IS NOT NULL
)
SELECT community_id FROM place WHERE community_id IS NOT NULL LIMIT $2
