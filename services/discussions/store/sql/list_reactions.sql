-- Who reacts to a post that stands in the community, after (member, kind).
-- $1 community, $2 topic, $3 post, $4 member and $5 kind to go on after, $6 how many
SELECT member_id, kind, create_time
FROM reactions
WHERE post_id = $3 AND (member_id, kind) > ($4, $5)
  AND EXISTS (SELECT FROM topics WHERE id = $2 AND community_id = $1 AND delete_time IS NULL)
  AND EXISTS (SELECT FROM posts WHERE id = $3 AND topic_id = $2 AND delete_time IS NULL)
ORDER BY member_id, kind
LIMIT $6
