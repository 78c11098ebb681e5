-- Who is muted in a community, newest first, after (time, member).
-- $1 community, $2 time and $3 member to go on after, $4 how many
SELECT member_id, reason, creator_id, create_time, expire_time
FROM mutes
WHERE community_id = $1
  AND create_time <= $2
  AND (create_time < $2 OR member_id > $3)
ORDER BY create_time DESC, member_id
LIMIT $4
