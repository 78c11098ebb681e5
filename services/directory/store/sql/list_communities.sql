-- The communities that the viewer may see, by name, after (name, id). An unknown or hidden parent
-- has no visible children to list but those that the viewer belongs to.
-- $1 viewer, $2 whether the viewer is external, $3 kind or 0, $4 name and $5 id to go on after,
-- $6 how many
SELECT community.id,
       CASE WHEN sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE (community.display_key, community.id) > (lower($4), $5)
  AND ($3 = 0 OR community.kind = $3)
  AND sees_community($1, $2, community)
ORDER BY community.display_key, community.id
LIMIT $6
