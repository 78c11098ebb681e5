-- Who keeps order gives posts another text, and has forgotten what they said.
ALTER TABLE posts
  -- The text that stands is by who keeps order.
  ADD COLUMN moderated boolean NOT NULL DEFAULT false;

ALTER TABLE revisions
  -- Who keeps order replaced it.
  ADD COLUMN moderated boolean NOT NULL DEFAULT false;

-- A removal also tells what was taken of a post that stands: nothing of it is kept here, and
-- nothing comes back.
ALTER TABLE removals
  ADD COLUMN edited boolean NOT NULL DEFAULT false,
  ADD COLUMN forgotten boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT removals_keep_no_text_of_what_stands
    CHECK (NOT (edited OR forgotten)
           OR (post_id IS NOT NULL AND markdown = '' AND restore_time IS NULL));

DROP INDEX one_standing_removal_per_post;
CREATE UNIQUE INDEX one_standing_removal_per_post ON removals (post_id)
  WHERE restore_time IS NULL AND post_id IS NOT NULL AND NOT edited AND NOT forgotten;
