-- Takes a member's watermark in a topic back, or forward, to a number, and says where it is, and
-- where the last post is that stands. The topic is held against going into another one.
-- $1 member, $2 topic, $3 community in which it may read it, $4 number, $5 time
INSERT INTO read_states AS state (member_id, topic_id, last_read_number, rewind_time)
SELECT $1, id, least($4, last_post_number), CASE WHEN $4 < end_number THEN $5 END
FROM (SELECT id, last_post_number, last_standing(topics) AS end_number FROM topics
      WHERE id = $2 AND community_id = $3 AND delete_time IS NULL AND last_post_number > 0
      FOR KEY SHARE) topic
ON CONFLICT (member_id, topic_id) DO UPDATE
  SET last_read_number = excluded.last_read_number, rewind_time = excluded.rewind_time
RETURNING last_read_number, (SELECT last_standing(topics) FROM topics WHERE id = topic_id)
