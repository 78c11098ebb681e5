-- The requests or invitations about a community, oldest first, after (time, member).
-- $1 community, $2 kind, $3 state, $4 time and $5 member to go on after, $6 how many
SELECT kind, member_id, creator_id, message, state, create_time, expire_time,
       decline_reason
FROM proposals
WHERE community_id = $1 AND kind = $2 AND state = $3
  AND (create_time, member_id) > ($4, $5)
ORDER BY create_time, member_id
LIMIT $6
