-- Since when a member reacts so to a post.
-- $1 post, $2 member, $3 kind
SELECT create_time FROM reactions WHERE post_id = $1 AND member_id = $2 AND kind = $3
