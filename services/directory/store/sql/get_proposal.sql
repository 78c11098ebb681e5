-- A request or an invitation, held: nobody else answers or ends it meanwhile.
-- $1 community, $2 member, $3 kind
SELECT kind, member_id, creator_id, message, state, create_time, expire_time,
       decline_reason
FROM proposals
WHERE community_id = $1 AND member_id = $2 AND kind = $3
FOR UPDATE
