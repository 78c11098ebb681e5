-- Stores what a member chose for a community, if it has room for one more choice, and says whether
-- it had.
-- $1 member, $2 community, $3 level, $4 for how many communities a member may choose
WITH room AS (
  SELECT count(*) < $4 OR bool_or(community_id = $2) AS is_left
  FROM community_follows WHERE member_id = $1
), stored AS (
  INSERT INTO community_follows AS follow (member_id, community_id, level)
  SELECT $1, $2, $3 FROM room WHERE room.is_left
  ON CONFLICT (member_id, community_id) DO UPDATE SET level = excluded.level
  WHERE follow.level <> excluded.level
)
SELECT is_left FROM room
