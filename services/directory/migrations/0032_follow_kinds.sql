-- A community's kind may become another one, and its entry in the catalog with it. As before
-- otherwise.
CREATE OR REPLACE FUNCTION catalog_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO community_catalog (community_id, parent_id, ancestor_ids, display_key, location_key,
                                 kind, visibility, admits, archived, size, create_time)
  VALUES (NEW.id, NEW.parent_id, NEW.ancestor_ids, NEW.display_key, search_key(NEW.location),
          NEW.kind, NEW.visibility, NEW.admits, NEW.archived, size_step(NEW.member_count),
          NEW.create_time)
  ON CONFLICT (community_id) DO UPDATE
  SET ancestor_ids = excluded.ancestor_ids, kind = excluded.kind,
      display_key = excluded.display_key, location_key = excluded.location_key,
      visibility = excluded.visibility, admits = excluded.admits, archived = excluded.archived,
      size = excluded.size;
  RETURN NULL;
END $$;

CREATE TRIGGER catalog_changed_kinds AFTER UPDATE ON communities
  FOR EACH ROW WHEN (OLD.kind <> NEW.kind) EXECUTE FUNCTION catalog_community();
