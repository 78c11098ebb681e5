-- Whoever follows a topic follows the one, too, into which its posts go, unless it chose there.
-- $1 topic, $2 where they go
INSERT INTO topic_follows (member_id, topic_id, update_time, level)
SELECT member_id, $2, update_time, level FROM topic_follows WHERE topic_id = $1
ORDER BY member_id
ON CONFLICT DO NOTHING
