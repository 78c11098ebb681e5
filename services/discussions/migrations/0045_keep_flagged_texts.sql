-- What posts said when they were flagged, while their flags are under review: neither an edit nor
-- its author's deletion takes that from who decides. A text goes with the decision, or with the
-- last flag that is withdrawn, in the same statement, whichever version runs it.
CREATE TABLE flagged_texts (
  post_id uuid NOT NULL,
  -- Of the post, while it said this.
  version bigint NOT NULL,
  -- Where it said so last: who keeps order elsewhere does not read it.
  community_id uuid NOT NULL,
  -- Of the first flag of this version.
  flag_time timestamptz NOT NULL,
  -- Of the topic then.
  title text NOT NULL,
  markdown text NOT NULL,
  PRIMARY KEY (post_id, version)
);

CREATE FUNCTION keep_flagged_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO flagged_texts (post_id, version, community_id, flag_time, title, markdown)
  SELECT DISTINCT ON (post.id) post.id, post.version, flag.community_id, flag.create_time,
         topic.title, post.markdown
  FROM changed flag
  JOIN posts post ON post.id = flag.post_id AND post.delete_time IS NULL
  JOIN topics topic ON topic.id = post.topic_id AND topic.delete_time IS NULL
  WHERE flag.decide_time IS NULL
  ORDER BY post.id, flag.create_time, flag.id
  ON CONFLICT (post_id, version) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER flags_keep_texts AFTER INSERT ON flags
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION keep_flagged_texts();

-- A review that goes into another community takes along what its post still says, under the title
-- that the topic has now: what was said before, in a title, too, is read where it was said.
CREATE FUNCTION carry_flagged_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE flagged_texts text
  SET community_id = flag.community_id, title = topic.title
  FROM changed flag
  JOIN posts post
    ON post.topic_id = flag.topic_id AND post.id = flag.post_id AND post.delete_time IS NULL
  JOIN topics topic ON topic.id = post.topic_id
  WHERE flag.decide_time IS NULL AND text.post_id = flag.post_id
    AND text.community_id <> flag.community_id AND text.markdown = post.markdown;
  RETURN NULL;
END $$;
CREATE TRIGGER flags_carry_texts AFTER UPDATE ON flags
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION carry_flagged_texts();

CREATE FUNCTION drop_flagged_texts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM flagged_texts
  WHERE post_id IN (SELECT post_id FROM changed)
    AND NOT EXISTS (SELECT FROM flags
                    WHERE flags.post_id = flagged_texts.post_id AND decide_time IS NULL);
  RETURN NULL;
END $$;
CREATE TRIGGER flags_drop_texts_when_decided AFTER UPDATE ON flags
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION drop_flagged_texts();
CREATE TRIGGER flags_drop_texts_when_withdrawn AFTER DELETE ON flags
  REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION drop_flagged_texts();

-- Of what was flagged before, what it says now is all that there is to keep.
INSERT INTO flagged_texts (post_id, version, community_id, flag_time, title, markdown)
SELECT DISTINCT ON (post.id) post.id, post.version, flag.community_id, flag.create_time,
       topic.title, post.markdown
FROM flags flag
JOIN posts post ON post.id = flag.post_id AND post.delete_time IS NULL
JOIN topics topic ON topic.id = post.topic_id AND topic.delete_time IS NULL
WHERE flag.decide_time IS NULL
ORDER BY post.id, flag.create_time, flag.id;
