-- A member's flags, newest first, after (time, id), wherever their posts stand.
-- $1 member, $2 time and $3 id to go on after, $4 how many
SELECT id, community_id, topic_id, post_id, member_id, kind, text, create_time, outcome,
       decide_time, decider_id, note
FROM flags
WHERE member_id = $1 AND (create_time, id) < ($2, $3)
ORDER BY create_time DESC, id DESC
LIMIT $4
