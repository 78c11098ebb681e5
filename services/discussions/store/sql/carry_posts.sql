-- Takes posts into another held topic.
-- $1 topic, $2 posts, $3 numbers there, $4 times of their places, $5 numbers there that they answer,
-- or nulls (arrays of the same length)
UPDATE posts
SET topic_id = $1, number = place.number, place_time = place.time,
    reply_to_number = place.reply_to_number
FROM unnest($2, $3, $4, $5) AS place(post_id, number, time, reply_to_number)
WHERE posts.id = place.post_id
