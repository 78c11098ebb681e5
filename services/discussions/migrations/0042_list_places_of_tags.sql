-- In which communities topics have a tag: so a feed of one tag looks into no others. A row lies in
-- community_tags, too, but that changes with every topic, and this one never: it is read from the
-- index alone, 150 communities to a buffer, whatever is written in whichever of them.
--
-- Whoever writes tags is waited for: what it writes is copied below, or by the triggers.
LOCK TABLE community_tags IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE tag_places (
  tag text COLLATE "C" NOT NULL,
  community_id uuid NOT NULL,
  PRIMARY KEY (tag, community_id)
);

-- Follows community_tags in the statement that changes it, under the lock of its row.
CREATE FUNCTION follow_places_of_tags() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO tag_places VALUES (NEW.tag, NEW.community_id);
  ELSE
    DELETE FROM tag_places WHERE tag = OLD.tag AND community_id = OLD.community_id;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER follow_places_of_tags AFTER INSERT OR DELETE ON community_tags
  FOR EACH ROW EXECUTE FUNCTION follow_places_of_tags();

INSERT INTO tag_places SELECT tag, community_id FROM community_tags;
