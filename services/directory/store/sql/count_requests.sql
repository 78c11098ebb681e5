-- How many requests of a member stand, counted to $2.
-- $1 member, $2 to how many
SELECT count(*)::int FROM (SELECT FROM proposals WHERE member_id = $1 AND kind = 1 LIMIT $2) standing
