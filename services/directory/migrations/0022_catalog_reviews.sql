-- When the charter of a community is to be looked at again, beside what its lists go through: an
-- index alone says which are overdue of those that somebody owns, or owns one above.
-- Who writes meanwhile waits: between the filling and the triggers nothing may be missed.
LOCK TABLE communities, charters IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE community_catalog ADD COLUMN ancestor_ids uuid[] NOT NULL DEFAULT '{}';
ALTER TABLE community_catalog ADD COLUMN review_time timestamptz;

UPDATE community_catalog entry
SET ancestor_ids = community.ancestor_ids,
    review_time = (SELECT review_time FROM charters WHERE community_id = community.id)
FROM communities community
WHERE entry.community_id = community.id
  AND (community.ancestor_ids <> '{}'
       OR EXISTS (SELECT FROM charters WHERE community_id = community.id
                  AND review_time IS NOT NULL));

CREATE INDEX catalog_by_review ON community_catalog (review_time, community_id)
  INCLUDE (ancestor_ids, admits, archived) WHERE review_time IS NOT NULL;

-- As before, and the chain of those above, which is set once.
CREATE OR REPLACE FUNCTION catalog_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO community_catalog (community_id, parent_id, ancestor_ids, display_key, location_key,
                                 kind, visibility, admits, archived, size, create_time)
  VALUES (NEW.id, NEW.parent_id, NEW.ancestor_ids, NEW.display_key, search_key(NEW.location),
          NEW.kind, NEW.visibility, NEW.admits, NEW.archived, size_step(NEW.member_count),
          NEW.create_time)
  ON CONFLICT (community_id) DO UPDATE
  SET ancestor_ids = excluded.ancestor_ids,
      display_key = excluded.display_key, location_key = excluded.location_key,
      visibility = excluded.visibility, admits = excluded.admits, archived = excluded.archived,
      size = excluded.size;
  RETURN NULL;
END $$;

-- Follows charters in the statement that changes them. Whoever writes one has locked the community,
-- and so has whoever writes its entry otherwise.
CREATE FUNCTION catalog_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE community_catalog SET review_time = NEW.review_time
  WHERE community_id = NEW.community_id AND review_time IS DISTINCT FROM NEW.review_time;
  RETURN NULL;
END $$;

CREATE TRIGGER catalog_reviews AFTER INSERT OR UPDATE OF review_time ON charters
  FOR EACH ROW EXECUTE FUNCTION catalog_review();
