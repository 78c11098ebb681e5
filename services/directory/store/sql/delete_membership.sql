-- Ends a membership and counts it.
-- $1 community, $2 member
WITH membership AS (
  DELETE FROM memberships WHERE community_id = $1 AND member_id = $2
  RETURNING community_id
)
UPDATE communities SET member_count = member_count - 1
WHERE id = (SELECT community_id FROM membership)
