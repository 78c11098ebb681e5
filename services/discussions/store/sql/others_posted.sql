-- Whether anybody but the author has posted into a locked topic.
-- $1 topic, $2 author
SELECT EXISTS (SELECT FROM posts WHERE topic_id = $1 AND author_id <> $2)
