-- The communities that the viewer may see and that are as asked, the newest first, and
-- whether a list of those below each shows any. The catalog says which they are, so that only those
-- on the page are read, and those that the viewer is banned from.
-- $1 viewer, $2 whether the viewer is external, $3 parent or null, $4 kind or 0, $5 admission or 0,
-- $6 location or empty, $7 whether archived ones, too, $8 how many, $9 time and
-- $10 id to go on after, $11 whether those at the top alone, $12 community above or null
SELECT community.id,
       CASE WHEN parent.id IS NOT NULL AND sees_community($1, $2, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       EXISTS (SELECT FROM listed_parents($1, $2, $7) AS above(id) WHERE above.id = community.id)
FROM listed_entries($1, $2, $3, $4, $5, $6, $7, $11, $12) entry
JOIN communities community ON community.id = entry.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE (entry.create_time, entry.community_id) < ($9, $10)
  AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = $1)) AND is_banned($1, community))
ORDER BY entry.create_time DESC, entry.community_id DESC
LIMIT $8
