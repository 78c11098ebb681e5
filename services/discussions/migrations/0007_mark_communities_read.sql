-- Until when a member has read all of a community: one row, however many topics it has.
CREATE TABLE community_read_states (
  member_id uuid NOT NULL,
  community_id uuid NOT NULL,
  read_time timestamptz NOT NULL,
  PRIMARY KEY (member_id, community_id)
) WITH (fillfactor = 85);

ALTER TABLE read_states
  -- When its member took the watermark back, until it has read to the end again: what was marked
  -- with the community before does not count, and neither does that posts were imported.
  ADD COLUMN rewind_time timestamptz,
  DROP CONSTRAINT only_what_was_read,
  ADD CONSTRAINT only_what_was_read
    CHECK (last_read_number > 0 OR last_read_number = 0 AND rewind_time IS NOT NULL);

CREATE INDEX read_states_rewound ON read_states (member_id, rewind_time DESC)
  WHERE rewind_time IS NOT NULL;

-- What is new in a community, pinned or not.
CREATE INDEX topics_by_community_latest ON topics (community_id, last_post_time DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;

-- Up to which post a member has read a topic. Order by number is order by time, so halving finds
-- the last post before a mark of the whole community: at most 14 posts are looked at, and none
-- where the mark covers all of them or none.
CREATE FUNCTION read_number(reader_id uuid, t topics)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
  own read_states;
  marked timestamptz;
  low integer;
  high integer := t.last_post_number;
  middle integer;
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
    RETURN high;
  END IF;
  WHILE low < high LOOP
    middle := (low + high + 1) / 2;
    IF marked >= (SELECT create_time FROM posts WHERE topic_id = t.id AND number = middle) THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;
