-- Search of communities by what they are about: a row for each beginning, of 3 to 6 or of 8 letters,
-- of each word of the name, the description, the location and the purpose of the charter. What is
-- asked is one key of the index, in which each community stands once, whatever others write: a
-- stretch of it would hold as many rows as somebody makes up words that begin so.
--
-- Rows and no array: an array of all words would be read for each community that says what is asked.
-- No reference to communities, which are never deleted: it would look up one community for each of
-- its words.

CREATE TABLE community_words (
  word text COLLATE "C" NOT NULL,
  community_id uuid NOT NULL,
  PRIMARY KEY (word, community_id)
);

-- The words of a text in their order, in the form in which names are compared: their first eight
-- letters, which tell words apart.
CREATE FUNCTION said_words(said text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
  RETURN ARRAY(SELECT left(word, 8)
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
               CROSS JOIN LATERAL (VALUES (left(word, 3)), (left(word, 4)), (left(word, 5)),
                                          (left(word, 6)), (word)) AS found_by(said)
               WHERE length(said) <> 7);
END $$;

-- What a search asks for: the first four words, each once, as they are listed. One of one or two
-- letters is a whole word, every other the beginning of one.
CREATE FUNCTION asked_beginnings(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT CASE length(word) WHEN 7 THEN left(word, 6) ELSE word END), '{}')
  FROM unnest((said_words(said))[1:4]) AS words(word)
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

-- After which community a worker goes on, which lists those that came before the triggers, one at a
-- time; no row when all are listed.
CREATE TABLE community_word_fill (
  after_id uuid NOT NULL
);
INSERT INTO community_word_fill
SELECT '00000000-0000-0000-0000-000000000000' WHERE EXISTS (SELECT FROM communities);

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
