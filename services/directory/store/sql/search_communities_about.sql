-- Communities that say each of the words asked, in whatever they say of themselves, and that the
-- viewer may see, the largest first, each with the key of its name. Which ones say so tells an index
-- alone; CASE, so that the catalog is walked in its order, as lists walk it, until there are enough,
-- and they are not looked up one by one.
-- $1 what is asked, $2 viewer, $3 whether the viewer is external, $4 communities that are left out,
-- $5 how many, $6 whether archived ones, too
WITH asked AS MATERIALIZED (
  SELECT asked_beginnings($1) AS words
), saying AS MATERIALIZED (
  SELECT community_id AS id
  FROM community_words
  WHERE word = ANY ((SELECT words FROM asked)::text[])
  GROUP BY community_id
  HAVING count(*) = (SELECT cardinality(words) FROM asked)
)
SELECT community.id,
       CASE WHEN parent.id IS NOT NULL AND sees_community($2, $3, parent) THEN parent.id END,
       community.display_name, community.description, community.kind,
       community.visibility, community.admits, community.member_count, community.version,
       community.create_time, community.archived, community.archive_time, community.location,
       search_key(community.display_name)
FROM listed_entries($2, $3, NULL, 0, 0, '', $6) entry
JOIN communities community ON community.id = entry.community_id
LEFT JOIN communities parent ON parent.id = community.parent_id
WHERE CASE WHEN entry.community_id IN (SELECT id FROM saying) THEN true ELSE false END
  AND entry.community_id <> ALL ($4)
  AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = $2)) AND is_banned($2, community))
ORDER BY entry.size DESC, entry.community_id DESC
LIMIT $5
