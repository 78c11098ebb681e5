-- The communities that a member belongs to with its role, by name, after (name, id). Which they are
-- says the catalog, in its order: CASE, so that it is walked and they are not looked up one by one.
-- $1 member, $2 whether the member is external, $3 name and $4 id to go on after, $5 how many
WITH mine AS MATERIALIZED (
  SELECT unnest(community_ids) AS id FROM members WHERE id = $1
)
SELECT community.id,
       CASE WHEN parent.id IS NOT NULL AND sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       membership.role
FROM community_catalog entry
JOIN communities community ON community.id = entry.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
CROSS JOIN LATERAL (
  SELECT role FROM memberships WHERE community_id = community.id AND member_id = $1 LIMIT 1
) membership
WHERE (entry.display_key, entry.community_id) > (lower($3), $4)
  AND CASE WHEN entry.community_id IN (SELECT id FROM mine) THEN true ELSE false END
  AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = $1)) AND is_banned($1, community))
ORDER BY entry.display_key, entry.community_id
LIMIT $5
