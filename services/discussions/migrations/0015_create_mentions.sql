-- Whom posts mention: a member, or a group of the community, one row however many belong to it.
-- Whether somebody may read the post is decided when it asks, and nowhere before: who writes learns
-- nothing of it. Places are here so that what a member may not read costs its list nothing, and
-- leaves no gap in it.
CREATE TABLE mentions (
  post_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  topic_id uuid NOT NULL,
  -- Where the topic stands.
  community_id uuid NOT NULL,
  -- Null: a group.
  member_id uuid,
  author_id uuid NOT NULL,
  -- When the post began to mention them.
  mention_time timestamptz NOT NULL,
  -- Member 1, everyone 2, moderators 3, as in the contract.
  kind smallint NOT NULL,
  CONSTRAINT one_mention_per_member_and_kind UNIQUE NULLS NOT DISTINCT (post_id, kind, member_id),
  CONSTRAINT kinds_are_of_a_closed_list CHECK (kind BETWEEN 1 AND 3),
  CONSTRAINT groups_are_no_members CHECK ((kind = 1) = (member_id IS NOT NULL))
);

CREATE INDEX mentions_of_member_newest
  ON mentions (member_id, community_id, mention_time DESC, post_id DESC)
  WHERE member_id IS NOT NULL;
-- With their authors, who are not told of their own: a list reads no rows of those beyond its page.
CREATE INDEX mentions_of_group_newest
  ON mentions (community_id, kind, mention_time DESC, post_id DESC) INCLUDE (author_id)
  WHERE member_id IS NULL;
CREATE INDEX mentions_by_topic ON mentions (topic_id);

-- They follow their topic, and their post, in the statement that moves it, and go with what is
-- deleted.
CREATE FUNCTION follow_topic_of_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.delete_time IS NULL THEN
    UPDATE mentions SET community_id = NEW.community_id WHERE topic_id = NEW.id;
  ELSE
    DELETE FROM mentions WHERE topic_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER follow_topic_of_mentions AFTER UPDATE OF community_id, delete_time ON topics
  FOR EACH ROW EXECUTE FUNCTION follow_topic_of_mentions();

CREATE FUNCTION follow_post_of_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.delete_time IS NULL THEN
    UPDATE mentions
    SET topic_id = NEW.topic_id,
        community_id = (SELECT community_id FROM topics WHERE id = NEW.topic_id)
    WHERE post_id = NEW.id;
  ELSE
    DELETE FROM mentions WHERE post_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER follow_post_of_mentions AFTER UPDATE OF topic_id, delete_time ON posts
  FOR EACH ROW EXECUTE FUNCTION follow_post_of_mentions();
