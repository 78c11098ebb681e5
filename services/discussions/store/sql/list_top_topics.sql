-- The topics of a community, pinned ones and then by score, after (pinned, score, id).
-- $1 community, $2 pinned, $3 score and $4 id to go on after, $5 how many
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags
FROM topics
WHERE community_id = $1 AND (pinned, score, id) < ($2, $3, $4)
  AND delete_time IS NULL AND last_post_number > 0
ORDER BY pinned DESC, score DESC, id DESC
LIMIT $5
