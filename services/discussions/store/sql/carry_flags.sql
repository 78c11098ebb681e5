-- Takes the reviews of posts along into another topic of their community.
-- $1 topic, $2 where they go, $3 posts
UPDATE flags SET topic_id = $2 WHERE topic_id = $1 AND post_id = ANY ($3) AND decide_time IS NULL
