-- Stores how members reacted to posts that have just been created.
-- $1 posts, $2 members, $3 kinds, $4 times
INSERT INTO reactions (post_id, member_id, kind, create_time)
SELECT * FROM unnest($1, $2, $3, $4)
