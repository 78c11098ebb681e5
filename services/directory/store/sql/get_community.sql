-- One community as the viewer may see it: a parent that the viewer may not know is left out. Last,
-- whether the parent is SECRET: then not all employees who see the community see the same.
-- $1 community, $2 viewer, $3 whether the viewer is external
SELECT community.id,
       CASE WHEN sees_community($2, $3, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       coalesce(parent.visibility = 3, false)
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE community.id = $1
