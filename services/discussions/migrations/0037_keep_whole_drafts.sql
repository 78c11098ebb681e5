-- Drafts hold what a topic or a post has beside title and text, and stand for edits, too.
ALTER TABLE drafts
  -- In the encoding of the contract, without title and text.
  ADD COLUMN rest bytea NOT NULL DEFAULT '',
  -- Community 1, topic 2, post 3, what a post shall say instead 4.
  DROP CONSTRAINT places_are_of_a_closed_list,
  ADD CONSTRAINT places_are_of_a_closed_list CHECK (place_kind BETWEEN 1 AND 4),
  DROP CONSTRAINT posts_have_topics,
  ADD CONSTRAINT posts_have_topics CHECK ((place_kind >= 3) = (topic_id IS NOT NULL));
