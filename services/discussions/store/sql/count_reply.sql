-- Counts an answer to a post of a locked topic, or takes one back, and says which post that is and
-- whether it stands.
-- $1 topic, $2 number, $3 how many more
UPDATE posts SET reply_count = reply_count + $3 WHERE topic_id = $1 AND number = $2
RETURNING id, version, delete_time IS NULL
