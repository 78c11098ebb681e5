-- Stores an edited topic.
-- $1 topic, $2 title, $3 version
UPDATE topics SET title = $2, version = $3 WHERE id = $1
