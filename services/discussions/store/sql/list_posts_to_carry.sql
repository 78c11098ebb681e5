-- What carrying the posts of a held topic into another one needs to know of them, in order of their
-- numbers; without markers of those that went before.
-- $1 topic, $2 how many
SELECT id, number, author_id, create_time, coalesce(place_time, create_time), reply_to_number,
       delete_time IS NULL
FROM posts
WHERE topic_id = $1 AND version > 0
ORDER BY number
LIMIT $2
