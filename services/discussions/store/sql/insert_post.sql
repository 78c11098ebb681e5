-- Posts into a locked topic: the post, what the topic shows of it, and, when its author had read
-- everything before it that stands, that it is read too.
-- $1 topic, $2 number, $3 post, $4 author, $5 time, $6 markdown, $7 score of the topic, $8 the
-- number that it answers or null
WITH post AS (
  INSERT INTO posts (topic_id, number, id, author_id, create_time, markdown, reply_to_number)
  VALUES ($1, $2, $3, $4, $5, $6, $8)
), topic AS (
  UPDATE topics
  SET last_post_number = $2, last_author_id = $4, last_post_time = $5, score = $7,
      last_standing_number = NULL, last_place_time = NULL
  WHERE id = $1
)
INSERT INTO read_states AS state (member_id, topic_id, last_read_number)
SELECT $4, $1, $2
FROM topics before
WHERE before.id = $1 AND read_number($4, before) >= last_standing(before)
ON CONFLICT (member_id, topic_id) DO UPDATE SET last_read_number = excluded.last_read_number,
                                                rewind_time = NULL
WHERE state.last_read_number < excluded.last_read_number
