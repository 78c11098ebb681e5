-- Posts that go into another topic: split and merge. Where one stood a marker keeps its number, so
-- that numbers never change and have no gap: a deleted post of version 0, which says what stood
-- there.
ALTER TABLE posts
  -- Of a marker: the post that stood here. Without a foreign key: it may have gone since.
  ADD COLUMN moved_post_id uuid,
  -- Null: create_time. Of a post that came from another topic the time by which it stands where it
  -- does, never before that of the post before it: order by number is order by this time.
  ADD COLUMN place_time timestamptz,
  ADD CONSTRAINT markers_say_what_stood_there CHECK ((version = 0) = (moved_post_id IS NOT NULL)),
  ADD CONSTRAINT markers_are_deleted CHECK (version > 0 OR delete_time IS NOT NULL);

-- Old names of posts.
CREATE INDEX posts_moved_away ON posts (moved_post_id) WHERE moved_post_id IS NOT NULL;

ALTER TABLE topics
  -- Which topic its posts have gone into, if all of them have: its own name leads there.
  ADD COLUMN merged_into_id uuid REFERENCES topics,
  ADD CONSTRAINT merged_topics_are_gone CHECK (merged_into_id IS NULL OR delete_time IS NOT NULL);

CREATE INDEX topics_merged_away ON topics (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- What members keep about a topic goes along with its posts.
CREATE INDEX read_states_by_topic ON read_states (topic_id);
CREATE INDEX topic_follows_by_topic ON topic_follows (topic_id);

-- As before, but by the time of a post's place.
CREATE OR REPLACE FUNCTION read_number(reader_id uuid, t topics)
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
    IF marked >= (SELECT coalesce(place_time, create_time) FROM posts
                  WHERE topic_id = t.id AND number = middle) THEN
      low := middle;
    ELSE
      high := middle - 1;
    END IF;
  END LOOP;
  RETURN low;
END $$;
