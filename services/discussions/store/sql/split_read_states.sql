-- Whoever has read a topic up to a number has read those of its posts that are carried into a new
-- one up to it.
-- $1 topic, $2 the new one, $3 numbers of the posts, ascending
INSERT INTO read_states (member_id, topic_id, last_read_number, rewind_time)
SELECT member_id, $2, read.count, CASE WHEN read.count < cardinality($3) THEN rewind_time END
FROM read_states own
CROSS JOIN LATERAL (SELECT width_bucket(own.last_read_number, $3) AS count) read
WHERE topic_id = $1 AND (read.count > 0 OR rewind_time IS NOT NULL)
