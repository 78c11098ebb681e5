-- The words of a name, at most 8.
CREATE FUNCTION name_words(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT word
               FROM regexp_split_to_table(search_key(said), '[\s.,;:''’"()/_-]+')
                    WITH ORDINALITY AS words(word, place)
               WHERE word <> '' ORDER BY place LIMIT 8)
$$;

-- As before: the same words, of which the first 12 letters are terms.
CREATE OR REPLACE FUNCTION search_words(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT ARRAY(SELECT left(word, 12)
               FROM unnest(name_words(said)) WITH ORDINALITY AS words(word, place)
               ORDER BY place)
$$;

-- Whether one word becomes the other by one letter more, one less, another one, or two that are
-- swapped side by side; also when they are equal.
CREATE FUNCTION is_one_typo_away(one text, other text)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT abs(length(one) - length(other)) <= 1
     AND EXISTS (SELECT FROM generate_series(1, greatest(length(one), length(other))) n
                 WHERE left(one, n - 1) = left(other, n - 1)
                   AND (substr(one, n + 1) = substr(other, n + 1)
                        OR substr(one, n) = substr(other, n + 1)
                        OR substr(one, n + 1) = substr(other, n)
                        OR substr(one, n, 1) = substr(other, n + 1, 1)
                           AND substr(one, n + 1, 1) = substr(other, n, 1)
                           AND substr(one, n + 2) = substr(other, n + 2)))
$$;

-- The words of a search that count, whole.
CREATE FUNCTION asked_whole_words(said text)
RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT (name_words(said))[1:4] $$;

-- Whether the terms of a name say less than its words: of a word with a typo, and of one longer
-- than a term, they find others, too.
CREATE FUNCTION terms_find_others(said text, forgiving boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT forgiving OR EXISTS (SELECT FROM unnest(asked_whole_words(said)) word
                              WHERE length(word) > 12)
$$;

-- Whether a name is what a search asks for: each word that counts begins one of its words or, where
-- typos are forgiven and it has at least 4 letters, is at most one typo away from one.
CREATE FUNCTION is_called(display_name text, said text, forgiving boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT NOT EXISTS (SELECT FROM unnest(asked_whole_words(said)) asked
                     WHERE NOT EXISTS (SELECT FROM unnest(name_words(display_name)) word
                                       WHERE CASE WHEN forgiving AND length(asked) >= 4
                                                  THEN is_one_typo_away(asked, word)
                                                  ELSE starts_with(word, asked) END))
$$;

-- The communities of a member who belongs to up to 450 stay in its row: a search that finds 300
-- members with 200 communities each read them from 1,500 pages beside.
ALTER TABLE members SET (toast_tuple_target = 8160);
