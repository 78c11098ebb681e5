-- What who keeps order did to a member's own topic or post, newest first, after (time, id), wherever
-- it stood.
-- $1 author, $2 post, or topic as a whole, $3 time and $4 id to go on after, $5 how many
SELECT id, community_id, topic_id, post_id, author_id, remover_id, remove_time, title, markdown,
       reason, restore_time, restorer_id, edited, forgotten, moved
FROM removals
WHERE author_id = $1 AND coalesce(post_id, topic_id) = $2 AND (remove_time, id) < ($3, $4)
ORDER BY remove_time DESC, id DESC
LIMIT $5
