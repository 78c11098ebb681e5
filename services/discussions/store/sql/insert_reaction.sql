-- Stores a reaction, unless the member reacts so already, and says since when it is there if it is
-- new.
-- $1 post, $2 member, $3 kind, $4 time
INSERT INTO reactions (post_id, member_id, kind, create_time)
VALUES ($1, $2, $3, $4)
ON CONFLICT DO NOTHING
RETURNING create_time
