-- Search of members also by the words that they say of themselves, and by their languages: terms
-- beside those of 0009_search_members.sql.
--
--   a:pos, a:post …  a word of the headline, the location, a skill, an interest or a project begins
--                    so: its first 3 to 8 letters; one of one or two letters is a whole one
--   g:pt-br, g:pt    a language, and without what follows its first hyphen
--
-- Of a longer word that is asked the first 8 letters are looked up, and the statement compares the
-- words themselves.

-- The first 100 words that a member says, each once.
CREATE FUNCTION about_words(headline text, location text, skills text[], interests text[],
                            projects text[])
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  said text := headline || ' ' || location || ' ' || array_to_string(skills, ' ') || ' '
               || array_to_string(interests, ' ') || ' ' || array_to_string(projects, ' ');
  word text;
  words text[] := '{}';
BEGIN
  FOREACH word IN ARRAY regexp_split_to_array(search_key(said), '[\s.,;:''’"()/_-]+') LOOP
    IF word <> '' AND NOT word = ANY (words) THEN words := words || word; END IF;
    EXIT WHEN cardinality(words) = 100;
  END LOOP;
  RETURN words;
END $$;

-- All terms of a member; none as long as it is not listed by them.
CREATE FUNCTION member_words(listed boolean, display_name text, headline text, location text,
                             skills text[], interests text[], projects text[], languages text[],
                             community_ids uuid[])
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  terms text[] := '{}';
  word text;
BEGIN
  IF NOT listed THEN RETURN terms; END IF;
  FOREACH word IN ARRAY about_words(headline, location, skills, interests, projects) LOOP
    IF length(word) <= 2 THEN terms := terms || ('a:' || word); END IF;
    FOR letters IN 3 .. least(length(word), 8) LOOP
      terms := terms || ('a:' || left(word, letters));
    END LOOP;
  END LOOP;
  FOREACH word IN ARRAY languages LOOP
    terms := terms || ('g:' || lower(word)) || ('g:' || split_part(lower(word), '-', 1));
  END LOOP;
  RETURN terms || member_terms(display_name, location, skills, interests, projects, community_ids);
END $$;

-- What a search for words asks for, of which the first 4 count.
CREATE FUNCTION asked_about(said text)
RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  word text;
  terms text[] := '{}';
BEGIN
  FOREACH word IN ARRAY asked_whole_words(said) LOOP
    terms := terms || ('a:' || left(word, 8));
  END LOOP;
  RETURN terms;
END $$;

-- Whether the terms of these words find others, too.
CREATE FUNCTION about_finds_others(said text)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT FROM unnest(asked_whole_words(said)) word WHERE length(word) > 8)
$$;

-- Whether each word that counts is, or begins, one of these words.
CREATE FUNCTION is_about(words text[], said text)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  asked text;
BEGIN
  FOREACH asked IN ARRAY asked_whole_words(said) LOOP
    IF NOT EXISTS (SELECT FROM unnest(words) word
                   WHERE CASE WHEN length(asked) <= 2 THEN word = asked
                              ELSE starts_with(word, asked) END) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- Who comes from now on is listed by its words at once; who was there before, by a worker in
-- batches.
ALTER TABLE members ADD COLUMN words_listed boolean NOT NULL DEFAULT false;
ALTER TABLE members ALTER COLUMN words_listed SET DEFAULT true;

CREATE INDEX members_without_words ON members (id) WHERE NOT words_listed;
-- Holds all that members_by_terms does: that one goes when a version comes for which all are
-- listed.
CREATE INDEX members_by_words ON members
  USING gin (member_words(words_listed, display_name, headline, location, skills, interests,
                          projects, languages, community_ids))
  WITH (fastupdate = off);
