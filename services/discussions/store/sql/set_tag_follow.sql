-- Stores what a member chose for a tag, if it has room for one more choice, and says whether it had.
-- $1 member, $2 tag, $3 level, $4 for how many tags a member may choose
WITH room AS (
  SELECT count(*) < $4 OR bool_or(tag = $2) AS is_left FROM tag_follows WHERE member_id = $1
), stored AS (
  INSERT INTO tag_follows AS follow (member_id, tag, level)
  SELECT $1, $2, $3 FROM room WHERE room.is_left
  ON CONFLICT (member_id, tag) DO UPDATE SET level = excluded.level
  WHERE follow.level <> excluded.level
)
SELECT is_left FROM room
