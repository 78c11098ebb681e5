-- The topics of a community, what was opened last first, after (time, id).
-- $1 community, $2 time and $3 id to go on after, $4 how many
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags
FROM topics
WHERE community_id = $1 AND (create_time, id) < ($2, $3)
  AND delete_time IS NULL AND last_post_number > 0
ORDER BY create_time DESC, id DESC
LIMIT $4
