-- What rows keep of the records that they were last imported from (libs/base/record_hash.h): an
-- import that comes again tells by it what its source has changed since from what was changed here.
-- Null: not imported, or by a version that did not keep it.
ALTER TABLE members ADD COLUMN imported_mark bigint;
ALTER TABLE communities ADD COLUMN imported_mark bigint;

-- Imported members who left imported communities, or were removed from them: an import that comes
-- again does not bring them back. Ids of imported things have version 8.
CREATE TABLE ended_memberships (
  community_id uuid NOT NULL,
  member_id uuid NOT NULL,
  PRIMARY KEY (community_id, member_id)
);

CREATE FUNCTION is_imported(id uuid)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT get_byte(uuid_send(id), 6) >> 4 = 8
$$;

-- In the statement that ends it, whoever does.
CREATE FUNCTION remember_ended_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ended_memberships (community_id, member_id)
  VALUES (OLD.community_id, OLD.member_id)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER remember_ended_memberships AFTER DELETE ON memberships
  FOR EACH ROW WHEN (is_imported(OLD.community_id) AND is_imported(OLD.member_id))
  EXECUTE FUNCTION remember_ended_membership();
