-- The posts of a topic in order of their numbers, while the topic stands in the community.
-- $1 community, $2 topic, $3 first number, $4 how many
SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version
FROM posts
WHERE topic_id = $2 AND number >= $3
  AND EXISTS (SELECT FROM topics
              WHERE id = $2 AND community_id = $1 AND delete_time IS NULL AND last_post_number > 0)
ORDER BY number
LIMIT $4
