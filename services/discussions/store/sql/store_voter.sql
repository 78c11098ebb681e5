-- Stores that a member has voted anonymously. It has not before: its topic is locked.
-- $1 topic, $2 member
INSERT INTO poll_voters (topic_id, member_id) VALUES ($1, $2)
