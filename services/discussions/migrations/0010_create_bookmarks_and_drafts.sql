-- Posts that members want to find again. Without a foreign key: those of what is gone are passed
-- over.
CREATE TABLE bookmarks (
  member_id uuid NOT NULL,
  post_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  PRIMARY KEY (member_id, post_id)
);

CREATE INDEX bookmarks_newest_first ON bookmarks (member_id, create_time DESC, post_id DESC);

-- What members have begun to write, one for each place: a community (a topic), a topic (a post) or
-- a post (an answer).
CREATE TABLE drafts (
  member_id uuid NOT NULL,
  place_id uuid NOT NULL,
  -- Of a post: its topic, which is part of its name.
  topic_id uuid,
  -- Never the same twice at one place: it is also the draft's version.
  update_time timestamptz NOT NULL,
  -- Community 1, topic 2, post 3.
  place_kind smallint NOT NULL,
  title text NOT NULL,
  markdown text NOT NULL,
  CONSTRAINT one_draft_per_place PRIMARY KEY (member_id, place_id, place_kind),
  CONSTRAINT places_are_of_a_closed_list CHECK (place_kind BETWEEN 1 AND 3),
  CONSTRAINT posts_have_topics CHECK ((place_kind = 3) = (topic_id IS NOT NULL))
);

CREATE INDEX drafts_newest_first ON drafts (member_id, update_time DESC, place_id DESC);
