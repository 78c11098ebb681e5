-- What a post said goes with what it says.
-- $1 post
DELETE FROM revisions WHERE post_id = $1
