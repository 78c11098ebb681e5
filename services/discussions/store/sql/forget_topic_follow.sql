-- Takes back what a member chose for a topic.
-- $1 member, $2 topic
DELETE FROM topic_follows WHERE member_id = $1 AND topic_id = $2
