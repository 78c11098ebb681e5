-- One ban.
-- $1 community, $2 member
SELECT member_id, reason, creator_id, create_time, expire_time
FROM bans
WHERE community_id = $1 AND member_id = $2
