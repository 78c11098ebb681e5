-- Search of members, by one index: each member has terms, and a search asks for members with
-- certain ones. A term begins with a letter for what it is about.
--
--   m                every member has it
--   n:jo             a word of the name begins so (the first 12 letters count)
--   d:jose, d:joe …  a word of the name, or what is left of it without one letter: two words that are
--                    one typo apart have one in common (symmetric deletion)
--   s: i: p: l:      a skill, an interest, a project, the location
--   c:               belongs to a community
--
-- The functions are as immutable as the dictionary of unaccent: whoever changes it has to
-- REINDEX INDEX members_by_terms.
CREATE EXTENSION IF NOT EXISTS unaccent;

-- In the form in which texts are compared: without accents, in lower case.
CREATE FUNCTION search_key(said text)
RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(public.unaccent('public.unaccent', said) COLLATE "und-x-icu")
$$;

-- The words of a name, at most 8, each of at most 12 letters.
CREATE FUNCTION search_words(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT left(word, 12)
               FROM regexp_split_to_table(search_key(said), '[\s.,;:''’"()/_-]+')
                    WITH ORDINALITY AS words(word, place)
               WHERE word <> '' ORDER BY place LIMIT 8)
$$;

-- What a word and any other word one typo away have in common. Of at least 4 letters: most shorter
-- ones are one typo apart.
CREATE FUNCTION typo_terms(word text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN length(word) < 4 THEN '{}'::text[]
              ELSE ARRAY(SELECT DISTINCT 'd:' || left(word, n - 1) || substr(word, n + 1)
                         FROM generate_series(1, length(word) + 1) n) END
$$;

CREATE FUNCTION tag_terms(about text, tags text[])
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT about || search_key(tag) FROM unnest(tags) tag WHERE tag <> '')
$$;

CREATE FUNCTION member_terms(display_name text, location text, skills text[], interests text[],
                             projects text[], community_ids uuid[])
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY['m']
      || ARRAY(SELECT DISTINCT 'n:' || left(word, n)
               FROM unnest(search_words(display_name)) word, generate_series(1, length(word)) n)
      || ARRAY(SELECT DISTINCT term
               FROM unnest(search_words(display_name)) word, unnest(typo_terms(word)) term)
      || tag_terms('l:', ARRAY[location]) || tag_terms('s:', skills)
      || tag_terms('i:', interests) || tag_terms('p:', projects)
      || ARRAY(SELECT 'c:' || id FROM unnest(community_ids) id)
$$;

-- What a search for a name asks for. Its first 4 words count. Each is the beginning of a word of
-- the name, or, where typos are forgiven, a whole word of it or one typo away from one.
CREATE FUNCTION asked_words(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (search_words(said))[1:4] $$;

CREATE FUNCTION asked_beginnings(said text, forgiving boolean)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT 'n:' || word FROM unnest(asked_words(said)) word
               WHERE NOT forgiving OR length(word) < 4)
$$;

-- One of these is a term of whoever has the n-th word; every member where there is none.
CREATE FUNCTION asked_word_or_typo(said text, n int, forgiving boolean)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN forgiving AND length((asked_words(said))[n]) >= 4
              THEN typo_terms((asked_words(said))[n]) ELSE ARRAY['m'] END
$$;

-- Who may see who belongs to a community: the same rule as MEMBERSHIP_LIST in
-- libs/access/decide.cpp, and a test holds the two against each other.
CREATE FUNCTION sees_members_of(viewer_id uuid, viewer_is_external boolean, c communities)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT sees_community(viewer_id, viewer_is_external, c)
     AND (c.visibility = 1
          OR EXISTS (SELECT FROM memberships m
                     WHERE m.member_id = viewer_id AND m.community_id = c.id)
          OR (c.admits = 2 OR NOT viewer_is_external)
             AND EXISTS (SELECT FROM memberships m
                         WHERE m.member_id = viewer_id AND m.community_id = ANY (c.ancestor_ids)
                           AND m.role = 3))
$$;

-- The communities to which each member belongs, in no order: written with memberships.
ALTER TABLE members ADD COLUMN community_ids uuid[] NOT NULL DEFAULT '{}';
UPDATE members SET community_ids = ARRAY(SELECT community_id FROM memberships
                                         WHERE member_id = members.id);

-- fastupdate off: a list of what is not in the index yet would be read by each search.
CREATE INDEX members_by_terms ON members
  USING gin (member_terms(display_name, location, skills, interests, projects, community_ids))
  WITH (fastupdate = off);
