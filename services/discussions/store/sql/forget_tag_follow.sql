-- Takes back what a member chose for a tag.
-- $1 member, $2 tag
DELETE FROM tag_follows WHERE member_id = $1 AND tag = $2
