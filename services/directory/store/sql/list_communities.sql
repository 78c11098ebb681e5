-- The communities that the viewer may see and that are as asked, by name. The catalog says
-- which they are, so that only those on the page are read, and those that the viewer is banned from.
-- $1 viewer, $2 whether the viewer is external, $3 parent or null, $4 kind or 0, $5 admission or 0,
-- $6 location or empty, $7 whether archived ones, too, $8 how many, $9 name and
-- $10 id to go on after
WITH mine AS MATERIALIZED (
  SELECT unnest(community_ids) AS id FROM members WHERE id = $1
), below AS MATERIALIZED (
  SELECT id FROM communities
  WHERE visibility = 3 AND ancestor_ids && ARRAY(SELECT community_id FROM memberships
                                                 WHERE member_id = $1 AND role = 3)
)
SELECT community.id,
       CASE WHEN sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location
FROM community_catalog entry
JOIN communities community ON community.id = entry.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE (entry.display_key, entry.community_id) > (lower($9), $10)
  AND ($3 IS NULL OR entry.parent_id = $3 AND sees_community($1, $2, parent))
  AND ($4 = 0 OR entry.kind = $4)
  AND ($5 = 0 OR entry.admits = $5)
  AND ($6 = '' OR entry.location_key = (SELECT search_key($6)))
  AND ($7 OR NOT entry.archived)
  AND (entry.visibility <> 3 AND (entry.admits = 2 OR NOT $2)
       OR entry.community_id IN (SELECT id FROM mine)
       OR (entry.admits = 2 OR NOT $2) AND entry.community_id IN (SELECT id FROM below))
  AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = $1)) AND is_banned($1, community))
ORDER BY entry.display_key, entry.community_id
LIMIT $8
