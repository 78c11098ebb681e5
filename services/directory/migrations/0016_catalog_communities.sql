-- Where a community is, as far as it says so.
ALTER TABLE communities ADD COLUMN location text NOT NULL DEFAULT '';

-- A number of members to two digits, as lists are ordered by it: 1,234 counts as 1,200. So a large
-- community changes its place with every hundredth member, and not with each.
CREATE FUNCTION size_step(members integer)
RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN members < 100 THEN members
              ELSE members - members % (10 ^ (length(members::text) - 2))::integer END
$$;

-- What lists of communities go through: a row each, narrow and seldom written, so that an index
-- alone says which communities belong on a page, whatever is asked and whoever asks. The
-- communities themselves are written with every membership and are read for those on the page.
CREATE TABLE community_catalog (
  community_id uuid PRIMARY KEY REFERENCES communities,
  parent_id uuid,
  display_key text COLLATE "und-x-icu" NOT NULL,
  location_key text NOT NULL,
  kind smallint NOT NULL,
  visibility smallint NOT NULL,
  admits smallint NOT NULL,
  archived boolean NOT NULL,
  size integer NOT NULL,
  create_time timestamptz NOT NULL
);

CREATE INDEX catalog_by_name ON community_catalog (display_key, community_id)
  INCLUDE (parent_id, location_key, kind, visibility, admits, archived);
CREATE INDEX catalog_newest ON community_catalog (create_time DESC, community_id DESC)
  INCLUDE (parent_id, location_key, kind, visibility, admits, archived);
CREATE INDEX catalog_largest ON community_catalog (size DESC, community_id DESC)
  INCLUDE (parent_id, location_key, kind, visibility, admits, archived);

-- Follows communities in the statement that changes them: no write can forget it.
CREATE FUNCTION catalog_community() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO community_catalog (community_id, parent_id, display_key, location_key, kind,
                                 visibility, admits, archived, size, create_time)
  VALUES (NEW.id, NEW.parent_id, NEW.display_key, search_key(NEW.location), NEW.kind,
          NEW.visibility, NEW.admits, NEW.archived, size_step(NEW.member_count), NEW.create_time)
  ON CONFLICT (community_id) DO UPDATE
  SET display_key = excluded.display_key, location_key = excluded.location_key,
      visibility = excluded.visibility, admits = excluded.admits, archived = excluded.archived,
      size = excluded.size;
  RETURN NULL;
END $$;

CREATE TRIGGER catalog_new_communities AFTER INSERT ON communities
  FOR EACH ROW EXECUTE FUNCTION catalog_community();
CREATE TRIGGER catalog_changed_communities AFTER UPDATE ON communities
  FOR EACH ROW
  WHEN ((OLD.display_key, OLD.location, OLD.visibility, OLD.admits, OLD.archived,
         size_step(OLD.member_count))
        IS DISTINCT FROM
        (NEW.display_key, NEW.location, NEW.visibility, NEW.admits, NEW.archived,
         size_step(NEW.member_count)))
  EXECUTE FUNCTION catalog_community();

INSERT INTO community_catalog
SELECT id, parent_id, display_key, search_key(location), kind, visibility, admits, archived,
       size_step(member_count), create_time
FROM communities;

-- Of whom a community above is known without reading every membership.
CREATE INDEX owners_by_member ON memberships (member_id, community_id) WHERE role = 3;

DROP INDEX communities_by_name;
DROP INDEX communities_for_everyone_by_name;
