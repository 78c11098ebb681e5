-- The communities right below one that the viewer may see, by name, after (name, id).
-- $1 viewer, $2 whether the viewer is external, $3 kind or 0, $4 name and $5 id to go on after,
-- $6 how many, $7 parent, $8 whether archived ones, too
SELECT community.id, parent.id,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time
FROM communities community
JOIN communities parent ON parent.id = community.parent_id
WHERE community.parent_id = $7
  AND (community.display_key, community.id) > (lower($4), $5)
  AND ($3 = 0 OR community.kind = $3)
  AND ($8 OR NOT community.archived)
  AND sees_community($1, $2, parent)
  AND sees_community($1, $2, community)
ORDER BY community.display_key, community.id
LIMIT $6
