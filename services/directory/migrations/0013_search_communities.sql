-- Search of communities by name: terms as members have them (0009_search_members.sql).
CREATE FUNCTION community_terms(display_name text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY['m']
      || ARRAY(SELECT DISTINCT 'n:' || left(word, n)
               FROM unnest(search_words(display_name)) word, generate_series(1, length(word)) n)
      || ARRAY(SELECT DISTINCT term
               FROM unnest(search_words(display_name)) word, unnest(typo_terms(word)) term)
$$;

-- There are thousands at most, so it is made at once.
CREATE INDEX communities_by_terms ON communities USING gin (community_terms(display_name))
  WITH (fastupdate = off);
