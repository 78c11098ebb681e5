-- Communities that are called as asked and that the viewer may see, each with the key of its name
-- and, last, that of the name that was asked. Where there are more than asked for, those come whose
-- name is what was asked, then those that hold it in whole words, then those that begin with it,
-- the larger ones first: whether the viewer sees one is looked up in this order, until there are
-- enough. (The inner limit is more than an organization has; for it the planner cannot look up first
-- and order then. Names are compared as they are but for case: their keys take ten times as long.)
-- $1 name, $2 whether typos are forgiven, $3 viewer, $4 whether the viewer is external, $5 how many,
-- $6 whether archived ones, too
WITH mine AS MATERIALIZED (
  SELECT community_id AS id FROM memberships WHERE $4 AND member_id = $3
), asked AS MATERIALIZED (
  SELECT coalesce(nullif(asked_beginnings($1, $2), '{}'), ARRAY['m']) AS every,
         lower($1 COLLATE "und-x-icu") AS name
)
SELECT found.id,
       CASE WHEN parent.id IS NULL THEN NULL
            WHEN sees_community($3, $4, parent) THEN parent.id END,
       found.display_name, found.description, found.kind,
       found.visibility, found.admits, found.member_count, found.version,
       found.create_time, found.archived, found.archive_time, found.location,
       search_key(found.display_name), search_key($1)
FROM (
  SELECT community AS whole, community.*,
         CASE WHEN named.name = asked.name THEN 0
              WHEN strpos(' ' || named.name || ' ', ' ' || asked.name || ' ') > 0 THEN 1
              WHEN starts_with(named.name, asked.name) THEN 2
              ELSE 3 END AS rank
  FROM asked, communities community
  CROSS JOIN LATERAL (SELECT lower(community.display_name COLLATE "und-x-icu") AS name) named
  WHERE community_terms(community.display_name) @> (SELECT every FROM asked)
    AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 1, $2))
    AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 2, $2))
    AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 3, $2))
    AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 4, $2))
    AND (NOT (SELECT terms_find_others($1, $2)) OR is_called(community.display_name, $1, $2))
    AND (NOT $4 OR community.admits = 2 OR community.id IN (SELECT id FROM mine))
    AND ($6 OR NOT community.archived)
  ORDER BY rank, member_count DESC, id
  LIMIT 10000
) found
LEFT JOIN communities parent ON parent.id = found.parent_id
WHERE sees_community($3, $4, found.whole)
ORDER BY found.rank, found.member_count DESC, found.id
LIMIT $5
