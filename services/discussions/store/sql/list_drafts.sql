-- A member's drafts, stored last first, after (time, place).
-- $1 member, $2 time and $3 place to go on after, $4 how many
SELECT place_id, place_kind, topic_id, title, markdown, rest, update_time
FROM drafts
WHERE member_id = $1 AND (update_time, place_id) < ($2, $3)
ORDER BY update_time DESC, place_id DESC
LIMIT $4
