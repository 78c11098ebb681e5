-- Ignores a member, if who does has room for one more, and says whether it had, and since when.
-- $1 member, $2 whom, $3 time, $4 how many a member may ignore
WITH room AS (
  SELECT count(*) < $4 OR bool_or(ignored_id = $2) AS is_left FROM ignores WHERE member_id = $1
), stored AS (
  INSERT INTO ignores (member_id, ignored_id, create_time)
  SELECT $1, $2, $3 FROM room WHERE room.is_left
  ON CONFLICT DO NOTHING
)
SELECT room.is_left,
       coalesce((SELECT create_time FROM ignores WHERE member_id = $1 AND ignored_id = $2), $3)
FROM room
