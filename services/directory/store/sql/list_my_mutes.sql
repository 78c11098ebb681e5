-- The mutes of a member in communities that it sees, newest first, after (time, community).
-- $1 member, $2 whether the member is external, $3 time and $4 community to go on after, $5 how many
SELECT community.id, mute.reason, mute.create_time, mute.expire_time
FROM mutes mute
JOIN communities community ON community.id = mute.community_id
WHERE mute.member_id = $1
  AND mute.create_time <= $3
  AND (mute.create_time < $3 OR community.id > $4)
  AND sees_community($1, $2, community)
ORDER BY mute.create_time DESC, community.id
LIMIT $5
