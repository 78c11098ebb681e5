-- What members may be asked for by: their skills (1), interests (2), projects (3) and locations (4),
-- each in the form in which it is compared, so that the values of a facet are found by their
-- beginnings and each once. A row for each that a member has: no counter is shared by those who have
-- the same. Nobody asks for members who are suspended: they have none.
CREATE TABLE facet_values (
  facet smallint NOT NULL,
  value_key text COLLATE "C" NOT NULL,
  member_id uuid NOT NULL REFERENCES members,
  value text NOT NULL,
  PRIMARY KEY (facet, value_key, member_id),
  CONSTRAINT facet_is_known CHECK (facet BETWEEN 1 AND 4)
);

-- What a member has, each once: of two that are compared alike the one that it says first.
CREATE FUNCTION facet_values_of(location text, skills text[], interests text[], projects text[])
RETURNS TABLE (facet smallint, value_key text, value text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT DISTINCT ON (said.facet, search_key(said.value))
         said.facet::smallint, search_key(said.value), said.value
  FROM (SELECT 1 AS facet, value, place FROM unnest(skills) WITH ORDINALITY AS s(value, place)
        UNION ALL
        SELECT 2, value, place FROM unnest(interests) WITH ORDINALITY AS i(value, place)
        UNION ALL
        SELECT 3, value, place FROM unnest(projects) WITH ORDINALITY AS p(value, place)
        UNION ALL
        SELECT 4, location, 1) said
  WHERE said.value <> ''
  ORDER BY said.facet, search_key(said.value), said.place
$$;

-- Follows members in the statement that changes them: no write can forget it.
CREATE FUNCTION follow_facet_values() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    DELETE FROM facet_values
    USING facet_values_of(OLD.location, OLD.skills, OLD.interests, OLD.projects) had
    WHERE facet_values.facet = had.facet AND facet_values.value_key = had.value_key
      AND facet_values.member_id = NEW.id;
  END IF;
  INSERT INTO facet_values (facet, value_key, member_id, value)
  SELECT facet, value_key, NEW.id, value
  FROM facet_values_of(NEW.location, NEW.skills, NEW.interests, NEW.projects)
  WHERE NOT NEW.suspended;
  RETURN NULL;
END $$;

CREATE TRIGGER new_members_have_facet_values AFTER INSERT ON members
  FOR EACH ROW
  WHEN ((NEW.location, NEW.skills, NEW.interests, NEW.projects) IS DISTINCT FROM ('', '{}', '{}', '{}'))
  EXECUTE FUNCTION follow_facet_values();
CREATE TRIGGER changed_members_have_other_facet_values AFTER UPDATE ON members
  FOR EACH ROW
  WHEN ((OLD.location, OLD.skills, OLD.interests, OLD.projects, OLD.suspended)
        IS DISTINCT FROM (NEW.location, NEW.skills, NEW.interests, NEW.projects, NEW.suspended))
  EXECUTE FUNCTION follow_facet_values();

-- After whom members stand who came before the triggers and are not listed yet: a worker lists them
-- by hundreds, so that nobody waits for all. One row; gone when there are none.
CREATE TABLE facet_fill (
  after_id uuid NOT NULL
);
INSERT INTO facet_fill VALUES ('00000000-0000-0000-0000-000000000000');
