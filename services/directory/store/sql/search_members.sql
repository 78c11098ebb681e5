-- Members that match all that is asked, are not suspended and whom the viewer may know, in no
-- order, with what their order and the counts need. An external knows those with whom it shares a
-- community; nobody finds anybody by a community whose members it may not see. Last, the key of the
-- name that was asked, whether this way to look for members is good, and whether the member says
-- each word that is asked: who says but its first letters is read, and counts as looked at.
--
-- Whom an external knows is said by the index, which costs it 3 to 7 buffers for each of its
-- communities. Who has more than $12 of them knows many: for it those who match are read, and say
-- it themselves, as long as so few of them are strangers that $13 pages are enough. The first 100
-- tell. Where they are not enough nobody comes but that word, and the index is asked ($11). Whoever
-- is found is found both ways, in the same order.
-- $1 name, $2 whether typos are forgiven, $3 skills, $4 interests, $5 projects, $6 location or
-- empty, $7 community or null, $8 viewer, $9 whether the viewer is external, $10 how many at most,
-- $11 whether the index says whom an external knows, $12 of how many communities it does anyway,
-- $13 how many pages of members are read where it does not, $14 words that members say of
-- themselves, or empty, $15 languages
WITH mine AS MATERIALIZED (
  SELECT community_id AS id FROM memberships WHERE member_id = $8
), way AS MATERIALIZED (
  SELECT $9 AND NOT $11 AND (SELECT count(*) FROM mine) > $12 AS by_rows
), terms AS MATERIALIZED (
  SELECT asked_beginnings($1, $2) || tag_terms('s:', $3) || tag_terms('i:', $4)
         || tag_terms('p:', $5) || tag_terms('l:', ARRAY[$6])
         || asked_about($14) || tag_terms('g:', $15)
         || CASE WHEN $7::uuid IS NULL THEN '{}'
                 WHEN EXISTS (SELECT FROM communities community
                              WHERE community.id = $7 AND sees_members_of($8, $9, community))
                 THEN ARRAY['c:' || $7] ELSE ARRAY['nobody'] END AS due
), asked AS MATERIALIZED (
  -- What is not asked repeats what is: the one term that every member has has the longest list.
  SELECT every, coalesce(nullif(asked_word_or_typo($1, 1, $2), ARRAY['m']), every) AS first
  FROM (SELECT CASE WHEN due = '{}' THEN ARRAY['m'] ELSE due END AS every FROM terms) due
), asked_ids AS MATERIALIZED (
  SELECT CASE WHEN $9 AND NOT (SELECT by_rows FROM way)
              THEN ARRAY(SELECT 'c:' || id FROM mine) ELSE (SELECT every FROM asked) END AS known
), called AS MATERIALIZED (
  -- Read as far as the parts below ask for it.
  SELECT matching.*,
         ARRAY(SELECT shared FROM unnest(community_ids) shared
               WHERE shared IN (SELECT id FROM mine)) AS shared_ids,
         NOT (SELECT about_finds_others($14))
           OR is_about(about_words(headline, location, skills, interests, projects), $14) AS fits
  FROM (
    -- One of these two is asked, by its index.
    SELECT members.*, members.ctid AS place
    FROM members
    WHERE $14 = '' AND $15 = '{}'
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          @> (SELECT every FROM asked)
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          && (SELECT known FROM asked_ids)
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          && (SELECT first FROM asked)
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          && (SELECT coalesce(nullif(asked_word_or_typo($1, 2, $2), ARRAY['m']), first) FROM asked)
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          && (SELECT coalesce(nullif(asked_word_or_typo($1, 3, $2), ARRAY['m']), first) FROM asked)
      AND member_terms(display_name, location, skills, interests, projects, community_ids)
          && (SELECT coalesce(nullif(asked_word_or_typo($1, 4, $2), ARRAY['m']), first) FROM asked)
    UNION ALL
    SELECT members.*, members.ctid
    FROM members
    WHERE ($14 <> '' OR $15 <> '{}')
      AND member_words(words_listed, display_name, headline, location, skills, interests, projects,
                       languages, community_ids)
          @> (SELECT every FROM asked)
      AND member_words(words_listed, display_name, headline, location, skills, interests, projects,
                       languages, community_ids)
          && (SELECT known FROM asked_ids)
  ) matching
  WHERE NOT suspended
    AND (NOT (SELECT terms_find_others($1, $2)) OR is_called(display_name, $1, $2))
  LIMIT (SELECT CASE WHEN by_rows THEN NULL ELSE $10 END FROM way)
), tried AS MATERIALIZED (
  SELECT count(*) AS rows, count(*) FILTER (WHERE shared_ids <> '{}') AS known,
         count(DISTINCT (place::text::point)[0]) AS pages
  FROM (SELECT shared_ids, place FROM called LIMIT 100) first
), affordable AS MATERIALIZED (
  SELECT rows * $13 / greatest(pages, 1) AS rows,
         rows < 100 OR known * $13 >= $10 * pages AS enough FROM tried
), verdict AS MATERIALIZED (
  SELECT CASE WHEN NOT by_rows THEN true
              WHEN NOT (SELECT enough FROM affordable) THEN false
              WHEN (SELECT count(*) FROM (SELECT FROM (SELECT shared_ids FROM called
                                                       LIMIT (SELECT rows FROM affordable)) read
                                          WHERE shared_ids <> '{}' LIMIT $10) known) = $10 THEN true
              ELSE (SELECT count(*) FROM (SELECT FROM called
                                          LIMIT (SELECT rows + 1 FROM affordable)) read)
                   <= (SELECT rows FROM affordable) END AS settled
  FROM way
)
SELECT found.id, display_name, headline, location, time_zone, skills, interests, projects,
       languages, pronouns, working_hours, affiliation, version, create_time, suspended,
       search_key(display_name),
       ARRAY(SELECT search_key(tag) FROM unnest(skills) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       ARRAY(SELECT search_key(tag) FROM unnest(interests) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       ARRAY(SELECT search_key(tag) FROM unnest(projects) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       search_key(location), shared_ids, search_key($1), settled, fits
FROM verdict
LEFT JOIN (SELECT * FROM called
           WHERE (SELECT settled FROM verdict) AND (NOT $9 OR shared_ids <> '{}')
           LIMIT $10) found ON true
