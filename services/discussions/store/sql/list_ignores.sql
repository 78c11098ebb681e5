-- Whom a member ignores, the latest first, after (time, id).
-- $1 member, $2 time and $3 id to go on after, $4 how many
SELECT ignored_id, create_time
FROM ignores
WHERE member_id = $1 AND (create_time, ignored_id) < ($2, $3)
ORDER BY create_time DESC, ignored_id DESC
LIMIT $4
