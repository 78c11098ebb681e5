-- Those of some communities that the viewer may see, in no order.
-- $1 viewer, $2 whether the viewer is external, $3 communities
SELECT community.id,
       CASE WHEN parent.id IS NOT NULL AND sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE community.id = ANY ($3) AND sees_community($1, $2, community)
