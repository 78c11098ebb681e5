-- Deletes a post: its text goes, its number stays.
-- $1 topic, $2 number, $3 time, $4 version
UPDATE posts SET markdown = '', quoted_bytes = 0, delete_time = $3, version = $4
WHERE topic_id = $1 AND number = $2
