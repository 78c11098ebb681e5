-- The communities for which a member chose a level, or any where none is given, after one of them.
-- $1 member, $2 level or null, $3 community to go on after, $4 how many
SELECT community_id, level
FROM community_follows
WHERE member_id = $1 AND ($2 IS NULL OR level = $2) AND community_id > $3
ORDER BY community_id
LIMIT $4
