-- Whoever has read the one topic to its end has read as much beyond it as it has read of the other,
-- whose posts are carried there. Before they are. Rows are taken in order of their key, as
-- everybody does; who has read to an end by its own row is not asked about marks of the community.
-- $1 topic that goes, $2 where to, $3 numbers of its posts, ascending
INSERT INTO read_states AS state (member_id, topic_id, last_read_number, rewind_time)
SELECT reader.member_id, $2, target.last_post_number + read.count,
       CASE WHEN read.count < cardinality($3) THEN old.rewind_time END
FROM (
  SELECT member_id FROM read_states WHERE topic_id = $1
  UNION
  SELECT own.member_id
  FROM read_states own
  JOIN topics target ON target.id = $2 AND own.last_read_number >= last_standing(target)
  WHERE own.topic_id = $2
) reader
JOIN topics gone ON gone.id = $1
JOIN topics target ON target.id = $2
LEFT JOIN read_states old ON old.member_id = reader.member_id AND old.topic_id = $1
LEFT JOIN read_states own ON own.member_id = reader.member_id AND own.topic_id = $2
CROSS JOIN LATERAL (
  SELECT width_bucket(CASE WHEN old.last_read_number >= gone.last_post_number
                           THEN gone.last_post_number
                           ELSE read_number(reader.member_id, gone) END, $3) AS count
) read
WHERE read.count > 0
  AND CASE WHEN own.last_read_number >= last_standing(target) THEN true
           ELSE read_number(reader.member_id, target) >= last_standing(target) END
ORDER BY reader.member_id
ON CONFLICT (member_id, topic_id) DO UPDATE
  SET last_read_number = excluded.last_read_number, rewind_time = excluded.rewind_time
