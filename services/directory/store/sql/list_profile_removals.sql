-- What was taken out of a member's profile, newest first, after (time, id).
-- $1 member, $2 time and $3 id to go on after, $4 how many
SELECT id, fields, reason, remover_id, create_time
FROM profile_removals
WHERE member_id = $1 AND (create_time, id) < ($2, $3)
ORDER BY create_time DESC, id DESC
LIMIT $4
