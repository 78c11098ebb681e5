-- Mutes whose end has come, those that ended first, after (end, member, community).
-- $1 now, $2 end, $3 member and $4 community to go on after, $5 how many
SELECT expire_time, member_id, community_id
FROM mutes
WHERE expire_time <= $1
  AND expire_time >= $2
  AND (expire_time > $2 OR (member_id, community_id) > ($3, $4))
ORDER BY expire_time, member_id, community_id
LIMIT $5
