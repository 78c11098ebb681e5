-- Takes a bookmark away.
-- $1 member, $2 post
DELETE FROM bookmarks WHERE member_id = $1 AND post_id = $2
