-- The topics of a community that are of one kind, latest posts first, after (time, id).
-- $1 community, $2 kind, $3 time and $4 id to go on after, $5 how many
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags
FROM topics
WHERE community_id = $1 AND kind = $2 AND (last_post_time, id) < ($3, $4)
  AND delete_time IS NULL AND last_post_number > 0
ORDER BY last_post_time DESC, id DESC
LIMIT $5
