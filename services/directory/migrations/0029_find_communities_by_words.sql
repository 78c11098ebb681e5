-- Search of communities by what they are about: a row for each word of the name, the description,
-- the location and the purpose of the charter. A word of more than three letters has one for its
-- first three, too: whoever asks for three letters reads one key of the index, and whoever asks for
-- more a stretch of it, in which no community comes often.
--
-- Rows and no array: an array of all words would be read for each community that says what is asked.
-- No reference to communities, which are never deleted: it would look up one community for each of
-- its words.
-- Who writes meanwhile waits: between the filling and the triggers nothing may be missed.
LOCK TABLE communities, charters IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE community_words (
  word text COLLATE "C" NOT NULL,
  community_id uuid NOT NULL,
  PRIMARY KEY (word, community_id)
);

-- The words of a text in their order, in the form in which names are compared, each of at most 40
-- letters: a key of an index is no page of text.
CREATE FUNCTION said_words(said text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(SELECT left(word, 40)
               FROM regexp_split_to_table(search_key(said), '[\s.,;:!?''’"()<>{}|*•/_\[\]-]+')
                    WITH ORDINALITY AS words(word, place)
               WHERE word <> '' ORDER BY place);
END $$;

-- By what a community is found, each once.
CREATE FUNCTION words_of_community(display_name text, description text, location text, purpose text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(SELECT DISTINCT said COLLATE "C"
               FROM unnest(said_words(display_name || ' ' || location || ' ' || description || ' '
                                      || purpose)) word
               CROSS JOIN LATERAL (VALUES (word), (left(word, 3))) AS found_by(said));
END $$;

-- Of the words that a search asks for, the first four, the stretch in which each is found: one of
-- one or two letters as a whole word, every other as the beginning of one.
CREATE FUNCTION asked_stretches(said text)
RETURNS TABLE (place bigint, first text, last text)
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 4 AS $$
  SELECT place, word, CASE WHEN length(word) > 3 THEN word || chr(1114111) ELSE word END
  FROM unnest((said_words(said))[1:4]) WITH ORDINALITY AS words(word, place)
$$;

-- Writes what differs. Whoever changes a community or its charter has locked the community.
CREATE FUNCTION change_community_words(changed_id uuid, before text[], after text[])
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM community_words
  WHERE community_id = changed_id
    AND word = ANY (ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after)));
  INSERT INTO community_words (word, community_id)
  SELECT word, changed_id
  FROM (SELECT unnest(after) EXCEPT SELECT unnest(before)) AS new(word)
  ON CONFLICT DO NOTHING;
END $$;

-- Follow communities and charters in the statement that changes them: no write can forget it.
CREATE FUNCTION follow_community_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  purpose text := coalesce((SELECT charter.purpose FROM charters charter
                            WHERE charter.community_id = NEW.id), '');
BEGIN
  PERFORM change_community_words(
    NEW.id,
    CASE TG_OP WHEN 'INSERT' THEN '{}'
               ELSE words_of_community(OLD.display_name, OLD.description, OLD.location, purpose) END,
    words_of_community(NEW.display_name, NEW.description, NEW.location, purpose));
  RETURN NULL;
END $$;

CREATE FUNCTION follow_charter_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  community communities := (SELECT whole FROM communities whole WHERE id = NEW.community_id);
  purpose text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN purpose := OLD.purpose; END IF;
  PERFORM change_community_words(
    NEW.community_id,
    words_of_community(community.display_name, community.description, community.location, purpose),
    words_of_community(community.display_name, community.description, community.location,
                       NEW.purpose));
  RETURN NULL;
END $$;

INSERT INTO community_words (word, community_id)
SELECT unnest(words_of_community(display_name, description, location, coalesce(purpose, ''))), id
FROM communities
LEFT JOIN charters ON community_id = id;

CREATE TRIGGER new_communities_have_words AFTER INSERT ON communities
  FOR EACH ROW EXECUTE FUNCTION follow_community_words();
CREATE TRIGGER changed_communities_have_other_words AFTER UPDATE ON communities
  FOR EACH ROW
  WHEN ((OLD.display_name, OLD.description, OLD.location)
        IS DISTINCT FROM (NEW.display_name, NEW.description, NEW.location))
  EXECUTE FUNCTION follow_community_words();
CREATE TRIGGER new_charters_have_words AFTER INSERT ON charters
  FOR EACH ROW WHEN (NEW.purpose <> '') EXECUTE FUNCTION follow_charter_words();
CREATE TRIGGER changed_charters_have_other_words AFTER UPDATE ON charters
  FOR EACH ROW WHEN (OLD.purpose <> NEW.purpose) EXECUTE FUNCTION follow_charter_words();
