-- What who keeps order in a community did there to what others wrote (removed, edited, forgot, moved
-- it away), newest first, after (time, id).
-- $1 community, $2 time and $3 id to go on after, $4 how many
SELECT id, community_id, topic_id, post_id, author_id, remover_id, remove_time, title, markdown,
       reason, restore_time, restorer_id, edited, forgotten, moved
FROM removals
WHERE community_id = $1 AND (remove_time, id) < ($2, $3)
ORDER BY remove_time DESC, id DESC
LIMIT $4
