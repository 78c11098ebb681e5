-- Whether a member's request to join a community, and an invitation of that member, wait for an
-- answer.
-- $1 community, $2 member
SELECT coalesce(bool_or(kind = 1), false), coalesce(bool_or(kind = 2), false)
FROM proposals
WHERE community_id = $1 AND member_id = $2 AND state = 1
