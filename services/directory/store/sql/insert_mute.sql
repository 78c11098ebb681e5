-- Mutes a member. The members of both columns exist.
-- $1 community, $2 member, $3 reason, $4 creator, $5 creation time, $6 end or null
INSERT INTO mutes (community_id, member_id, reason, creator_id, create_time, expire_time)
VALUES ($1, $2, $3, $4, $5, $6)
