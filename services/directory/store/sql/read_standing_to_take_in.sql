-- Whether a held member is suspended, and to how many communities it belongs.
-- $1 member
SELECT coalesce((SELECT suspended FROM members WHERE id = $1), false),
       (SELECT count(*)::int FROM memberships WHERE member_id = $1)
