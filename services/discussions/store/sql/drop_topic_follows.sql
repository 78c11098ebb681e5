-- Nobody follows a topic any more.
-- $1 topic
DELETE FROM topic_follows WHERE topic_id = $1
