-- Ignores a member no more.
-- $1 member, $2 whom
DELETE FROM ignores WHERE member_id = $1 AND ignored_id = $2
