-- The topics of a community by score, after (score, id).
-- $1 community, $2 score and $3 id to go on after, $4 how many
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version
FROM topics
WHERE community_id = $1 AND (score, id) < ($2, $3)
  AND delete_time IS NULL AND last_post_number > 0
ORDER BY score DESC, id DESC
LIMIT $4
