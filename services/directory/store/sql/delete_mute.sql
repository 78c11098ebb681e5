-- Ends a mute and says whether there was one.
-- $1 community, $2 member
DELETE FROM mutes WHERE community_id = $1 AND member_id = $2 RETURNING member_id
