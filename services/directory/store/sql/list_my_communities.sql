-- The communities that a member belongs to with its role, by name, after (name, id).
-- $1 member, $2 whether the member is external, $3 name and $4 id to go on after, $5 how many
SELECT community.id,
       CASE WHEN sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, membership.role
FROM memberships membership
JOIN communities community ON community.id = membership.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE membership.member_id = $1
  AND (community.display_key, community.id) > (lower($3), $4)
  AND NOT EXISTS (SELECT FROM bans WHERE bans.member_id = $1
                    AND bans.community_id = ANY (community.ancestor_ids || community.id))
ORDER BY community.display_key, community.id
LIMIT $5
