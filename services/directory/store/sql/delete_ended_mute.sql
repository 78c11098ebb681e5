-- Ends a mute if its end has come, and says whether there was one. The member is held.
-- $1 community, $2 member, $3 now
DELETE FROM mutes
WHERE community_id = $1 AND member_id = $2 AND expire_time <= $3
RETURNING member_id
