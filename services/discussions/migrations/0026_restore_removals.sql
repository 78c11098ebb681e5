-- What who keeps order removed may come back.
ALTER TABLE removals
  -- Null: it is removed.
  ADD COLUMN restore_time timestamptz,
  ADD COLUMN restorer_id uuid,
  ADD CONSTRAINT restored_removals_have_a_restorer
    CHECK ((restore_time IS NULL) = (restorer_id IS NULL));

CREATE UNIQUE INDEX one_standing_removal_per_post ON removals (post_id)
  WHERE restore_time IS NULL AND post_id IS NOT NULL;
CREATE UNIQUE INDEX one_standing_removal_per_topic ON removals (topic_id)
  WHERE restore_time IS NULL AND post_id IS NULL;

-- Whom a removed post or topic mentions is kept with it, in no community: nobody who asks for what
-- mentions it comes by.
ALTER TABLE mentions ALTER COLUMN community_id DROP NOT NULL;

-- As before, but of what is removed they are kept, and are there again with it. A topic that its
-- author deletes has no title any more, one whose posts have gone into another leads there.
CREATE OR REPLACE FUNCTION follow_topic_of_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.delete_time IS NOT NULL AND (NEW.title = '' OR NEW.merged_into_id IS NOT NULL) THEN
    DELETE FROM mentions WHERE topic_id = NEW.id;
  ELSIF NEW.delete_time IS NOT NULL THEN
    UPDATE mentions SET community_id = NULL WHERE topic_id = NEW.id;
  ELSIF OLD.delete_time IS NOT NULL THEN
    UPDATE mentions SET community_id = NEW.community_id
    WHERE topic_id = NEW.id
      AND EXISTS (SELECT FROM posts WHERE id = mentions.post_id AND delete_time IS NULL);
  ELSE
    UPDATE mentions SET community_id = NEW.community_id
    WHERE topic_id = NEW.id AND community_id IS NOT NULL;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION follow_post_of_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.delete_time IS NULL THEN
    UPDATE mentions
    SET topic_id = NEW.topic_id,
        community_id = (SELECT community_id FROM topics WHERE id = NEW.topic_id)
    WHERE post_id = NEW.id;
  ELSIF NEW.removed THEN
    UPDATE mentions SET topic_id = NEW.topic_id, community_id = NULL WHERE post_id = NEW.id;
  ELSE
    DELETE FROM mentions WHERE post_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;

-- As before, but for what stands nowhere.
CREATE OR REPLACE FUNCTION follow_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mention_places (member_id, community_id)
  SELECT DISTINCT member_id, community_id
  FROM changed
  WHERE member_id IS NOT NULL AND community_id IS NOT NULL
  ORDER BY member_id, community_id
  ON CONFLICT DO NOTHING;

  INSERT INTO group_mentions AS known (community_id, everyone_time, moderators_time)
  SELECT community_id, everyone_time, moderators_time
  FROM (SELECT community_id, max(mention_time) FILTER (WHERE kind = 2) AS everyone_time,
               max(mention_time) FILTER (WHERE kind = 3) AS moderators_time
        FROM changed
        WHERE member_id IS NULL AND community_id IS NOT NULL
        GROUP BY community_id) told
  -- What is known is not locked: posts that are carried tell of their old mentions again.
  WHERE NOT EXISTS (
    SELECT FROM group_mentions newer
    WHERE newer.community_id = told.community_id
      AND (told.everyone_time IS NULL OR newer.everyone_time >= told.everyone_time)
      AND (told.moderators_time IS NULL OR newer.moderators_time >= told.moderators_time))
  ORDER BY community_id
  ON CONFLICT (community_id) DO UPDATE
    SET everyone_time = greatest(known.everyone_time, excluded.everyone_time),
        moderators_time = greatest(known.moderators_time, excluded.moderators_time);
  RETURN NULL;
END $$;
