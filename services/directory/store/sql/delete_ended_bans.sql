-- Lifts bans whose end has come and says which, those that ended first. What another process lifts
-- at the same time is left to it.
-- $1 now, $2 how many
DELETE FROM bans
WHERE (member_id, community_id) IN (
  SELECT member_id, community_id FROM bans
  WHERE expire_time <= $1
  ORDER BY expire_time
  LIMIT $2
  FOR UPDATE SKIP LOCKED)
RETURNING community_id, member_id
