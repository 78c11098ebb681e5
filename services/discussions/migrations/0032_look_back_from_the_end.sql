-- Up to which post of a topic a mark of its community reaches, if its last post was written after
-- it: not below `low`, which is read anyway. Mostly that is one of the last 8 before that one, which
-- are a range of the key; in what is before these, halving finds it with 14 look-ups at most.
CREATE FUNCTION number_at_mark(t topics, low integer, marked timestamptz)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
  high integer := t.last_post_number - 1;
  middle integer := (
    SELECT number FROM posts
    WHERE topic_id = t.id AND number > low AND number BETWEEN high - 7 AND high
      AND coalesce(place_time, create_time) <= marked
    ORDER BY number DESC
    LIMIT 1);
BEGIN
  IF middle IS NOT NULL THEN
    RETURN middle;
  END IF;
  high := high - 8;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF marked >= (SELECT coalesce(place_time, create_time) FROM posts
                  WHERE topic_id = t.id AND number = middle) THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;

-- As before, from the end.
CREATE OR REPLACE FUNCTION read_number(reader_id uuid, t topics)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
  own read_states;
  marked timestamptz;
  low integer;
BEGIN
  SELECT * INTO own FROM read_states WHERE member_id = reader_id AND topic_id = t.id;
  low := least(greatest(own.last_read_number,
                        CASE WHEN own.rewind_time IS NULL THEN t.imported_post_number END),
               t.last_post_number);
  SELECT read_time INTO marked
  FROM community_read_states WHERE member_id = reader_id AND community_id = t.community_id;
  IF marked IS NULL OR marked <= own.rewind_time OR marked < t.create_time THEN
    RETURN low;
  END IF;
  IF marked >= t.last_post_time THEN
    RETURN t.last_post_number;
  END IF;
  RETURN number_at_mark(t, low, marked);
END $$;
