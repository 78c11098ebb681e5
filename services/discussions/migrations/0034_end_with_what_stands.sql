-- What topics show of their end (last author, last time, score), and what counts as unread, goes by
-- the last post that stands. Numbers behind it stay given: posts that were deleted, or went
-- elsewhere.
--
-- Rows of before are as they were until TopicReconciler comes by: it tells the log of each, so that
-- no reply is kept that shows the old end.
ALTER TABLE topics
  -- Null: the last post stands.
  ADD COLUMN last_standing_number integer,
  -- When the last number's place is, if that post does not stand: the next one's is not before it.
  ADD COLUMN last_place_time timestamptz,
  ADD CONSTRAINT what_stands_is_before_what_has_gone CHECK (last_standing_number < last_post_number),
  ADD CONSTRAINT what_has_gone_last_has_a_place
    CHECK ((last_standing_number IS NULL) = (last_place_time IS NULL));

-- The number of the last post of a topic that stands: who has read it has read the topic to its
-- end.
CREATE FUNCTION last_standing(t topics)
RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(t.last_standing_number, t.last_post_number)
$$;
