-- Stores an edited post.
-- $1 topic, $2 number, $3 markdown, $4 time, $5 version, $6 whether who keeps order
-- wrote that
UPDATE posts SET markdown = $3, edit_time = $4, version = $5, moderated = $6
WHERE topic_id = $1 AND number = $2
