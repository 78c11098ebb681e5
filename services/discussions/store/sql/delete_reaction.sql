-- Takes a reaction back, and says whether there was one.
-- $1 post, $2 member, $3 kind
DELETE FROM reactions WHERE post_id = $1 AND member_id = $2 AND kind = $3 RETURNING create_time
