-- Whether a post of a locked topic is there and not deleted.
-- $1 topic, $2 number
SELECT EXISTS (SELECT FROM posts WHERE topic_id = $1 AND number = $2 AND delete_time IS NULL)
