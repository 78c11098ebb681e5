-- As before, but a tag that no topic of a community has any more has no row there either. It is deleted
-- by whoever took its last topic away, while it holds it: whoever gives the tag to a topic meanwhile
-- waits, and then begins a new row.
CREATE OR REPLACE FUNCTION follow_tags() RETURNS trigger LANGUAGE plpgsql AS $$
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

  -- Also of the topics themselves: a count that is wrong is for TagReconciler, and fails no write.
  DELETE FROM community_tags counted
  WHERE community_id = OLD.community_id AND tag = ANY (old_tags) AND topic_count = 0
    AND NOT EXISTS (SELECT FROM topic_tags listed
                    WHERE listed.community_id = counted.community_id
                      AND listed.tag = counted.tag);
  RETURN NULL;
END $$;

DELETE FROM community_tags WHERE topic_count = 0;
