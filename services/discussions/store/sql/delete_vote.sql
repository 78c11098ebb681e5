-- Takes a named vote back.
-- $1 topic, $2 member
DELETE FROM poll_votes WHERE topic_id = $1 AND member_id = $2
