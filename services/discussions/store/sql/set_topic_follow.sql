-- Stores what a member chose for a topic that stands in the community, if it has room for one more
-- choice, and says whether it had; no row where the topic has gone. It is held against going into
-- another one.
-- $1 member, $2 topic, $3 community, $4 level, $5 time, $6 for how many topics a member may choose
WITH place AS (
  SELECT id FROM topics
  WHERE id = $2 AND community_id = $3 AND delete_time IS NULL AND last_post_number > 0
  FOR KEY SHARE
), room AS (
  SELECT count(*) < $6 OR bool_or(topic_id = $2) AS is_left
  FROM topic_follows WHERE member_id = $1
), stored AS (
  INSERT INTO topic_follows AS follow (member_id, topic_id, level, update_time)
  SELECT $1, place.id, $4, $5 FROM place, room WHERE room.is_left
  ON CONFLICT (member_id, topic_id) DO UPDATE
    SET level = excluded.level, update_time = excluded.update_time
  WHERE follow.level <> excluded.level
)
SELECT room.is_left FROM place, room
