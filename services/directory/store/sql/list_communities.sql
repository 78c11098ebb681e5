-- The communities that an employee may see, by name, after (name, id).
-- $1 viewer, $2 kind or 0, $3 name and $4 id to go on after, $5 how many, $6 whether archived ones,
-- too
SELECT community.id,
       CASE WHEN sees_community($1, false, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE (community.display_key, community.id) > (lower($3), $4)
  AND ($2 = 0 OR community.kind = $2)
  AND ($6 OR NOT community.archived)
  AND sees_community($1, false, community)
ORDER BY community.display_key, community.id
LIMIT $5
