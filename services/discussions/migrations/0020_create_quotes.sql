-- What posts quote of others: a row per passage. It shows while both posts stand in one topic, so
-- posts that are split off and merged take their quotes along by their ids alone.
CREATE TABLE quotes (
  post_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- What is quoted.
  source_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  -- Where the source was first edited since, as its history knows: elsewhere what it said before is
  -- not told. Null: nowhere.
  replace_community_id uuid,
  place smallint NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (post_id, place)
);

CREATE INDEX quotes_by_source ON quotes (source_id);

-- How many bytes of others a post quotes, of those that have gone since too: lists look for quotes
-- where there are some, and know how large they are before they read them.
ALTER TABLE posts ADD COLUMN quoted_bytes integer NOT NULL DEFAULT 0;

-- What was said goes from where it is quoted in the statement that deletes it, whoever deletes it and
-- whatever topic it is quoted in. Rows are taken in the order of their key: posts that quote each other
-- may be deleted at the same time in two topics.
CREATE FUNCTION forget_quotes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM quotes
  WHERE (post_id, place) IN (SELECT post_id, place FROM quotes
                             WHERE post_id = NEW.id OR source_id = NEW.id
                             ORDER BY post_id, place
                             FOR UPDATE);
  RETURN NULL;
END $$;

CREATE TRIGGER forget_quotes_of_deleted_posts AFTER UPDATE OF delete_time ON posts
  FOR EACH ROW WHEN (NEW.delete_time IS NOT NULL) EXECUTE FUNCTION forget_quotes();

-- A removed topic keeps its posts, and nothing that repeats them.
CREATE FUNCTION forget_quotes_of_topic() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM quotes
  WHERE (post_id, place) IN (SELECT post_id, place FROM quotes
                             WHERE source_id = ANY (array(SELECT id FROM posts
                                                          WHERE topic_id = NEW.id))
                             ORDER BY post_id, place
                             FOR UPDATE);
  RETURN NULL;
END $$;

CREATE TRIGGER forget_quotes_of_deleted_topics AFTER UPDATE OF delete_time ON topics
  FOR EACH ROW WHEN (NEW.delete_time IS NOT NULL AND NEW.merged_into_id IS NULL)
  EXECUTE FUNCTION forget_quotes_of_topic();
