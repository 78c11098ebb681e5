-- A removal also tells that a topic was moved out of a community, and why: the topic stands, and
-- nothing comes back. Its row has a restore_time, which nobody is told, so that it is never taken for
-- a removal that stands, by versions that know no moves neither: to those it was removed and is back.
ALTER TABLE removals
  ADD COLUMN moved boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT moved_topics_stand
    CHECK (NOT moved OR (post_id IS NULL AND markdown = '' AND restore_time IS NOT NULL));
