-- Ends a membership and counts it. The member is held.
-- $1 community, $2 member
WITH membership AS (
  DELETE FROM memberships WHERE community_id = $1 AND member_id = $2
  RETURNING community_id, member_id
), found_by AS (
  UPDATE members SET community_ids = array_remove(community_ids, $1)
  WHERE id = (SELECT member_id FROM membership)
)
UPDATE communities SET member_count = member_count - 1
WHERE id = (SELECT community_id FROM membership)
