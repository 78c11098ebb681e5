-- Stores what became of a request or an invitation, and until when it stays.
-- $1 community, $2 member, $3 kind, $4 state, $5 end
UPDATE proposals SET state = $4, expire_time = $5
WHERE community_id = $1 AND member_id = $2 AND kind = $3
