-- Makes a request or an invitation.
-- $1 community, $2 member, $3 kind, $4 creator, $5 message, $6 creation time, $7 end
INSERT INTO proposals (community_id, member_id, kind, creator_id, message, create_time, expire_time)
VALUES ($1, $2, $3, $4, $5, $6, $7)
