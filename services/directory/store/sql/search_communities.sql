-- Communities that are called as asked and that the viewer may see, in no order, each with the key of
-- its name and, last, that of the name that was asked.
-- $1 name, $2 whether typos are forgiven, $3 viewer, $4 whether the viewer is external, $5 how many
WITH mine AS MATERIALIZED (
  SELECT community_id AS id FROM memberships WHERE $4 AND member_id = $3
), asked AS MATERIALIZED (
  SELECT coalesce(nullif(asked_beginnings($1, $2), '{}'), ARRAY['m']) AS every
)
SELECT community.id,
       CASE WHEN sees_community($3, $4, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time,
       search_key(community.display_name), search_key($1)
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE community_terms(community.display_name) @> (SELECT every FROM asked)
  AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 1, $2))
  AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 2, $2))
  AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 3, $2))
  AND community_terms(community.display_name) && (SELECT asked_word_or_typo($1, 4, $2))
  AND (NOT (SELECT terms_find_others($1, $2)) OR is_called(community.display_name, $1, $2))
  AND (NOT $4 OR community.admits = 2 OR community.id IN (SELECT id FROM mine))
  AND sees_community($3, $4, community)
LIMIT $5
