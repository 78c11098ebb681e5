-- Communities that were called as asked once and that the viewer may see, the latest names first,
-- each with the key of that name, the name and when it ended; last, the key of the name that was
-- asked. Whether the viewer sees one is looked up in this order, until there are enough (as in
-- search_communities); what no external sees is left out before.
-- $1 name, $2 whether typos are forgiven, $3 viewer, $4 whether the viewer is external, $5 how many,
-- $6 whether archived ones, too
WITH asked AS MATERIALIZED (
  SELECT coalesce(nullif(asked_beginnings($1, $2), '{}'), ARRAY['m']) AS every
)
SELECT found.id,
       CASE WHEN parent.id IS NULL THEN NULL
            WHEN sees_community($3, $4, parent) THEN parent.id END,
       found.display_name, found.description, found.kind,
       found.visibility, found.admits, found.member_count, found.version,
       found.create_time, found.archived, found.archive_time, found.location,
       search_key(called.display_name), called.display_name, called.end_time, search_key($1)
FROM (
  SELECT * FROM former_names former
  WHERE community_terms(former.display_name) @> (SELECT every FROM asked)
    AND community_terms(former.display_name) && (SELECT asked_word_or_typo($1, 1, $2))
    AND community_terms(former.display_name) && (SELECT asked_word_or_typo($1, 2, $2))
    AND community_terms(former.display_name) && (SELECT asked_word_or_typo($1, 3, $2))
    AND community_terms(former.display_name) && (SELECT asked_word_or_typo($1, 4, $2))
    AND (NOT (SELECT terms_find_others($1, $2)) OR is_called(former.display_name, $1, $2))
    AND (NOT $4
         OR community_id IN (SELECT community_id FROM community_catalog WHERE admits = 2)
         OR community_id IN (SELECT unnest(community_ids) FROM members WHERE id = $3))
  ORDER BY end_time DESC, community_id
  LIMIT 10000
) called
JOIN communities found ON found.id = called.community_id
LEFT JOIN communities parent ON parent.id = found.parent_id
WHERE ($6 OR NOT found.archived) AND sees_community($3, $4, found)
ORDER BY called.end_time DESC, called.community_id
LIMIT $5
