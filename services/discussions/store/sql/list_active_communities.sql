-- Communities in which something was written, the latest first, after (time, community): whoever may
-- read there, which the caller of this decides.
-- $1 time and $2 community to go on after, $3 how many
SELECT community_id, active_time
FROM community_activity
WHERE (active_time, community_id) < ($1, $2)
ORDER BY active_time DESC, community_id DESC
LIMIT $3
