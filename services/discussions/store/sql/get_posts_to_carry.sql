-- The same of some posts of a held topic.
-- $1 topic, $2 posts
SELECT id, number, author_id, create_time, coalesce(place_time, create_time), reply_to_number,
       delete_time IS NULL
FROM posts
WHERE topic_id = $1 AND id = ANY ($2) AND version > 0
ORDER BY number
