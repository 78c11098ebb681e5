-- What topics are about, in words of their authors. A topic's row holds its tags; null: none.
ALTER TABLE topics ADD COLUMN tags text[];

-- How many topics of a community have a tag; 0 where none has it any more.
CREATE TABLE community_tags (
  community_id uuid NOT NULL,
  tag text COLLATE "C" NOT NULL,
  topic_count integer NOT NULL,
  PRIMARY KEY (community_id, tag)
);

CREATE INDEX community_tags_most_used ON community_tags (community_id, topic_count DESC, tag DESC)
  WHERE topic_count > 0;

-- Where lists by tag find the topics that have posts and are not deleted.
CREATE TABLE topic_tags (
  topic_id uuid NOT NULL,
  community_id uuid NOT NULL,
  last_post_time timestamptz NOT NULL,
  tag text COLLATE "C" NOT NULL,
  PRIMARY KEY (topic_id, tag),
  CONSTRAINT tags_are_counted FOREIGN KEY (community_id, tag) REFERENCES community_tags
);

CREATE INDEX topics_by_tag_latest
  ON topic_tags (community_id, tag, last_post_time DESC, topic_id DESC);

-- Both follow the topic's row in the statement that changes it: whoever opens, tags, moves, deletes,
-- imports or posts into a topic cannot forget them. Counters are taken in the order of their keys,
-- so that no two topics wait for each other.
CREATE FUNCTION follow_tags() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  now_tags text[] :=
    CASE WHEN NEW.delete_time IS NULL AND NEW.last_post_number > 0 THEN NEW.tags END;
  old_tags text[] :=
    CASE WHEN OLD.delete_time IS NULL AND OLD.last_post_number > 0 THEN OLD.tags END;
BEGIN
  INSERT INTO community_tags AS counted (community_id, tag, topic_count)
  SELECT community_id, tag, sum(difference)
  FROM (
    SELECT OLD.community_id, tag, -1 FROM unnest(old_tags) tag
    UNION ALL
    SELECT NEW.community_id, tag, 1 FROM unnest(now_tags) tag
  ) changed(community_id, tag, difference)
  GROUP BY community_id, tag
  HAVING sum(difference) <> 0
  ORDER BY community_id, tag COLLATE "C"
  ON CONFLICT (community_id, tag) DO UPDATE
    SET topic_count = counted.topic_count + excluded.topic_count;

  DELETE FROM topic_tags WHERE topic_id = NEW.id AND (now_tags IS NULL OR tag <> ALL (now_tags));
  INSERT INTO topic_tags (topic_id, community_id, last_post_time, tag)
  SELECT NEW.id, NEW.community_id, NEW.last_post_time, tag FROM unnest(now_tags) tag
  ON CONFLICT (topic_id, tag) DO UPDATE
    SET community_id = excluded.community_id, last_post_time = excluded.last_post_time;
  RETURN NULL;
END $$;

CREATE TRIGGER follow_tags_of_new_topics AFTER INSERT ON topics
  FOR EACH ROW WHEN (NEW.tags IS NOT NULL) EXECUTE FUNCTION follow_tags();
CREATE TRIGGER follow_tags_of_changed_topics AFTER UPDATE ON topics
  FOR EACH ROW WHEN (
    (OLD.tags IS NOT NULL OR NEW.tags IS NOT NULL)
    AND (OLD.tags, OLD.community_id, OLD.last_post_time, OLD.delete_time, OLD.last_post_number > 0)
        IS DISTINCT FROM
        (NEW.tags, NEW.community_id, NEW.last_post_time, NEW.delete_time, NEW.last_post_number > 0))
  EXECUTE FUNCTION follow_tags();

-- By which tags posts are found.
ALTER TABLE post_words ADD COLUMN tags text[];
