-- Who owns communities, a narrow row each that is written when an owner comes or goes: read as a
-- whole, it says in which communities nobody can act. Memberships are many, and written with each
-- that joins. Whether the owner is external stands beside, since it never changes.
CREATE TABLE community_owners (
  community_id uuid NOT NULL,
  member_id uuid NOT NULL,
  external boolean NOT NULL,
  PRIMARY KEY (community_id, member_id)
);

-- Follows memberships in the statement that changes them: no write can forget it.
CREATE FUNCTION list_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.role = 3 THEN
    DELETE FROM community_owners
    WHERE community_id = OLD.community_id AND member_id = OLD.member_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.role = 3 THEN
    INSERT INTO community_owners
    SELECT NEW.community_id, NEW.member_id, affiliation = 2 FROM members WHERE id = NEW.member_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER list_new_owners AFTER INSERT ON memberships
  FOR EACH ROW WHEN (NEW.role = 3) EXECUTE FUNCTION list_owner();
CREATE TRIGGER list_changed_owners AFTER UPDATE ON memberships
  FOR EACH ROW WHEN ((OLD.role = 3) <> (NEW.role = 3)) EXECUTE FUNCTION list_owner();
CREATE TRIGGER list_gone_owners AFTER DELETE ON memberships
  FOR EACH ROW WHEN (OLD.role = 3) EXECUTE FUNCTION list_owner();

-- The triggers hold off who writes memberships until this is committed.
INSERT INTO community_owners
SELECT community_id, member_id, affiliation = 2
FROM memberships JOIN members ON members.id = member_id
WHERE role = 3;
