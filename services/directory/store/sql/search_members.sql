-- Members that match all that is asked, are not suspended and whom the viewer may know, in no
-- order, with what their order and the counts need. An external knows those with whom it shares a
-- community; nobody finds anybody by a community whose members it may not see. Last, the key of the
-- name that was asked.
-- $1 name, $2 whether typos are forgiven, $3 skills, $4 interests, $5 projects, $6 location or
-- empty,
-- $7 community or null, $8 viewer, $9 whether the viewer is external, $10 how many at most
WITH mine AS MATERIALIZED (
  SELECT community_id AS id FROM memberships WHERE member_id = $8
), terms AS MATERIALIZED (
  SELECT asked_beginnings($1, $2) || tag_terms('s:', $3) || tag_terms('i:', $4)
         || tag_terms('p:', $5) || tag_terms('l:', ARRAY[$6])
         || CASE WHEN $7::uuid IS NULL THEN '{}'
                 WHEN EXISTS (SELECT FROM communities community
                              WHERE community.id = $7 AND sees_members_of($8, $9, community))
                 THEN ARRAY['c:' || $7] ELSE ARRAY['nobody'] END AS due
), asked AS MATERIALIZED (
  -- What is not asked repeats what is: the one term that every member has has the longest list.
  SELECT every, coalesce(nullif(asked_word_or_typo($1, 1, $2), ARRAY['m']), every) AS first
  FROM (SELECT CASE WHEN due = '{}' THEN ARRAY['m'] ELSE due END AS every FROM terms) due
)
SELECT id, display_name, headline, location, time_zone, skills, interests, projects, languages,
       pronouns, working_hours, affiliation, version, create_time, suspended,
       search_key(display_name),
       ARRAY(SELECT search_key(tag) FROM unnest(skills) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       ARRAY(SELECT search_key(tag) FROM unnest(interests) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       ARRAY(SELECT search_key(tag) FROM unnest(projects) WITH ORDINALITY AS tags(tag, place)
             ORDER BY place),
       search_key(location),
       ARRAY(SELECT shared FROM unnest(community_ids) shared WHERE shared IN (SELECT id FROM mine)),
       search_key($1)
FROM members
WHERE member_terms(display_name, location, skills, interests, projects, community_ids)
      @> (SELECT every FROM asked)
  AND member_terms(display_name, location, skills, interests, projects, community_ids)
      && CASE WHEN $9 THEN ARRAY(SELECT 'c:' || id FROM mine)
              ELSE (SELECT every FROM asked) END
  AND member_terms(display_name, location, skills, interests, projects, community_ids)
      && (SELECT first FROM asked)
  AND member_terms(display_name, location, skills, interests, projects, community_ids)
      && (SELECT coalesce(nullif(asked_word_or_typo($1, 2, $2), ARRAY['m']), first) FROM asked)
  AND member_terms(display_name, location, skills, interests, projects, community_ids)
      && (SELECT coalesce(nullif(asked_word_or_typo($1, 3, $2), ARRAY['m']), first) FROM asked)
  AND member_terms(display_name, location, skills, interests, projects, community_ids)
      && (SELECT coalesce(nullif(asked_word_or_typo($1, 4, $2), ARRAY['m']), first) FROM asked)
  AND NOT suspended
  AND (NOT (SELECT terms_find_others($1, $2)) OR is_called(display_name, $1, $2))
LIMIT $10
