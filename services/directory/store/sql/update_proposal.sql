-- Stores what became of a request or an invitation, until when it stays, and why it was declined.
-- $1 community, $2 member, $3 kind, $4 state, $5 end, $6 reason
UPDATE proposals SET state = $4, expire_time = $5, decline_reason = $6
WHERE community_id = $1 AND member_id = $2 AND kind = $3
