-- The communities that a member belongs to, where the viewer sees who belongs there, with the
-- member's role, by name, after (name, id). The catalog says which they are, as in
-- list_my_communities; CASE, so that only of the member's own is asked what the viewer sees.
-- $1 viewer, $2 whether the viewer is external, $3 member, $4 whether archived ones, too,
-- $5 name and $6 id to go on after, $7 how many
WITH theirs AS MATERIALIZED (
  SELECT unnest(community_ids) AS id FROM members WHERE id = $3
), joined AS MATERIALIZED (
  SELECT unnest(community_ids) AS id FROM members WHERE id = $1
), below_owned AS MATERIALIZED (
  SELECT below.community_id AS id
  FROM community_catalog below
  WHERE (SELECT EXISTS (SELECT FROM memberships WHERE member_id = $1 AND role = 3))
    AND below.ancestor_ids && ARRAY(SELECT community_id FROM memberships
                                    WHERE member_id = $1 AND role = 3)
)
SELECT community.id,
       CASE WHEN parent.id IS NOT NULL AND sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       membership.role
FROM listed_entries($1, $2, NULL, 0, 0, '', $4) entry
JOIN communities community ON community.id = entry.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
CROSS JOIN LATERAL (
  SELECT role FROM memberships WHERE community_id = community.id AND member_id = $3 LIMIT 1
) membership
WHERE (entry.display_key, entry.community_id) > (lower($5), $6)
  AND CASE WHEN entry.community_id IN (SELECT id FROM theirs)
           THEN entry.visibility = 1 OR entry.community_id IN (SELECT id FROM joined)
                OR entry.community_id IN (SELECT id FROM below_owned)
           ELSE false END
  AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = $1)) AND is_banned($1, community))
ORDER BY entry.display_key, entry.community_id
LIMIT $7
