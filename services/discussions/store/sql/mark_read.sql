-- Moves the watermarks of many readers forward, never back and never beyond the last number, and
-- says where they are, where the last post is that stands, and whether the mark counts: not where
-- the topic is just going into another one, which nobody waits for, because marks of other topics
-- would. No row where nothing new was read. Topics are held against going, and against nothing
-- else. Rows are taken in order of their key, so that two batches never wait for each other in a
-- ring. Who has read to the end has not taken anything back any more.
-- $1 members, $2 topics, $3 communities in which they may read them, $4 numbers read (arrays of
-- the same length)
WITH wanted AS MATERIALIZED (
  SELECT place, mark.member_id, topic.id AS topic_id, last_standing(topic) AS end_number,
         least(mark.number, topic.last_post_number) AS number,
         read_number(mark.member_id, topic) AS read_number
  FROM unnest($1, $2, $3, $4) WITH ORDINALITY
    AS mark(member_id, topic_id, community_id, number, place)
  JOIN topics topic ON topic.id = mark.topic_id AND topic.community_id = mark.community_id
                   AND topic.delete_time IS NULL AND topic.last_post_number > 0
), held AS MATERIALIZED (
  SELECT id
  FROM topics
  WHERE id = ANY (array(SELECT DISTINCT topic_id FROM wanted WHERE number > read_number))
    AND delete_time IS NULL
  FOR KEY SHARE SKIP LOCKED
), stored AS (
  INSERT INTO read_states AS state (member_id, topic_id, last_read_number)
  SELECT member_id, topic_id, max(number)
  FROM wanted
  WHERE number > read_number AND topic_id IN (SELECT id FROM held)
  GROUP BY member_id, topic_id
  ORDER BY member_id, topic_id
  ON CONFLICT (member_id, topic_id) DO UPDATE
    SET last_read_number = greatest(state.last_read_number, excluded.last_read_number),
        rewind_time = CASE WHEN excluded.last_read_number
                                < (SELECT last_standing(topic) FROM topics topic
                                   WHERE topic.id = state.topic_id)
                           THEN state.rewind_time END
)
SELECT place::int, greatest(read_number, number), end_number,
       number <= read_number OR topic_id IN (SELECT id FROM held)
FROM wanted
