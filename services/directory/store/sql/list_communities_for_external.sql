-- The communities that an external viewer may see, by name, after (name, id): those that everybody
-- sees, its own, and SECRET ones below a community that it owns. Each part is read in order and cut
-- to a page by itself, so nothing but what the viewer is banned from is read to be left out; a
-- community is in one part only.
-- $1 viewer, $2 kind or 0, $3 name and $4 id to go on after, $5 how many, $6 whether archived ones,
-- too
SELECT seen.id,
       CASE WHEN sees_community($1, true, parent) THEN parent.id END,
       seen.display_name, seen.description, seen.kind,
       seen.visibility, seen.admits, seen.member_count, seen.version,
       seen.create_time, seen.archived, seen.archive_time
FROM (
  (SELECT community.* FROM communities community
   WHERE admits = 2 AND visibility <> 3
     AND (display_key, id) > (lower($3), $4) AND ($2 = 0 OR kind = $2)
     AND ($6 OR NOT archived)
     AND NOT EXISTS (SELECT FROM bans WHERE bans.member_id = $1
                       AND bans.community_id = ANY (community.ancestor_ids || community.id))
   ORDER BY display_key, id
   LIMIT $5)
  UNION ALL
  (SELECT community.* FROM memberships mine
   JOIN communities community ON community.id = mine.community_id
   WHERE mine.member_id = $1 AND (admits <> 2 OR visibility = 3)
     AND (display_key, id) > (lower($3), $4) AND ($2 = 0 OR kind = $2)
     AND ($6 OR NOT archived)
     AND NOT EXISTS (SELECT FROM bans WHERE bans.member_id = $1
                       AND bans.community_id = ANY (community.ancestor_ids || community.id))
   ORDER BY display_key, id
   LIMIT $5)
  UNION ALL
  (SELECT community.* FROM communities community
   WHERE admits = 2 AND visibility = 3
     AND ancestor_ids && ARRAY(SELECT community_id FROM memberships
                               WHERE member_id = $1 AND role = 3)
     AND NOT EXISTS (SELECT FROM memberships
                     WHERE community_id = community.id AND member_id = $1)
     AND (display_key, id) > (lower($3), $4) AND ($2 = 0 OR kind = $2)
     AND ($6 OR NOT archived)
     AND NOT EXISTS (SELECT FROM bans WHERE bans.member_id = $1
                       AND bans.community_id = ANY (community.ancestor_ids || community.id))
   ORDER BY display_key, id
   LIMIT $5)
) seen
LEFT JOIN communities parent ON parent.id = seen.parent_id
ORDER BY seen.display_key, seen.id
LIMIT $5
