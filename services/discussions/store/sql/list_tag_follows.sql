-- The tags for which a member chose a level, or any where none is given, after one of them.
-- $1 member, $2 level or null, $3 tag to go on after, $4 how many
SELECT tag, level
FROM tag_follows
WHERE member_id = $1 AND ($2 IS NULL OR level = $2) AND tag > $3
ORDER BY tag
LIMIT $4
