-- A community as it stands, with what decisions about it need. After lock_community. A parent that
-- the member may not know is left out.
-- $1 community, $2 member
SELECT community.id,
       CASE WHEN sees_community($2, member.affiliation IS DISTINCT FROM 1, parent)
            THEN parent.id END, community.display_name, community.description,
       community.kind, community.visibility, community.admits,
       community.member_count, community.version, community.create_time, community.archived,
       community.archive_time, community.location,
       community.ancestor_ids,
       coalesce((SELECT role FROM memberships
                 WHERE community_id = community.id AND member_id = $2), 0),
       EXISTS (SELECT FROM memberships
               WHERE member_id = $2 AND role = 3
                 AND community_id = ANY (community.ancestor_ids)),
       is_banned($2, community),
       coalesce(member.affiliation, 0),
       EXISTS (SELECT FROM mutes
               WHERE member_id = $2
                 AND community_id = ANY (community.ancestor_ids || community.id))
FROM communities community
LEFT JOIN communities parent ON parent.id = community.parent_id
LEFT JOIN members member ON member.id = $2
WHERE community.id = $1
