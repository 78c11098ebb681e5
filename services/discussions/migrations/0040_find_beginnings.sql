-- Posts are found by the beginnings of their words, too, and these are known by forms that versions
-- before this one do not store. So each side keeps its own progress: what such a version has
-- learned is learned once more by this one, from the log or by walking through all posts.
CREATE TABLE word_progress (LIKE search_progress INCLUDING ALL);
INSERT INTO word_progress (incarnation, xid, n) SELECT incarnation, xid, n FROM search_progress;

-- The other one is moved along, so that nothing is left for versions that go by it, and they walk
-- through nothing: what they would store of old posts comes after no entry of the log.
CREATE FUNCTION walk_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.known_topic_id := NULL;
  RETURN NEW;
END $$;
CREATE TRIGGER walk_no_more BEFORE UPDATE ON search_progress
  FOR EACH ROW EXECUTE FUNCTION walk_no_more();
UPDATE search_progress SET known_topic_id = NULL;
