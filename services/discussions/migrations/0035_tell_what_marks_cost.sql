-- Up to which post of a topic a mark of its community reaches, not below `low` and before the last
-- that stands, and about how many buffers it took to find, 4 to 68: who asks for many topics stops in time.
CREATE FUNCTION look_for_mark(t topics, low integer, marked timestamptz,
                              OUT number integer, OUT cost integer)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  high integer := last_standing(t) - 1;
  middle integer;
BEGIN
  number := (
    SELECT post.number FROM posts post
    WHERE topic_id = t.id AND post.number > low AND post.number BETWEEN high - 7 AND high
      AND coalesce(place_time, create_time) <= marked
    ORDER BY post.number DESC
    LIMIT 1);
  IF number IS NOT NULL THEN
    cost := 4 + high + 1 - number;
    RETURN;
  END IF;
  high := high - 8;
  number := low;
  cost := 12;
  WHILE number < high LOOP
    middle := (number + high + 1) / 2;
    IF marked >= (SELECT coalesce(place_time, create_time) FROM posts post
                  WHERE topic_id = t.id AND post.number = middle) THEN
      number := middle;
    ELSE
      high := middle - 1;
    END IF;
    cost := cost + 4;
  END LOOP;
END $$;

CREATE OR REPLACE FUNCTION number_at_mark(t topics, low integer, marked timestamptz)
RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT number FROM look_for_mark(t, low, marked)
$$;
