-- The communities whose charter should have been looked at again and may be edited by the viewer,
-- who owns them or one above: the same rule as COMMUNITY_EDIT in libs/access/decide.cpp, and a test
-- holds the two against each other. Longest overdue first, after (time, id); without those that are
-- archived. The index of the catalog alone says which they are: CASE, so that each is looked up
-- in what is owned, and that not gone through for each.
-- $1 viewer, $2 whether the viewer is external, $3 now, $4 time and $5 community to go on after,
-- $6 how many
WITH owned AS MATERIALIZED (
  SELECT community_id AS id FROM memberships WHERE member_id = $1 AND role = 3
), banned_from AS MATERIALIZED (
  SELECT community_id AS id FROM bans WHERE member_id = $1
)
SELECT entry.community_id, entry.review_time
FROM community_catalog entry
WHERE entry.review_time <= $3 AND (entry.review_time, entry.community_id) > ($4, $5)
  AND NOT entry.archived
  AND CASE WHEN entry.community_id IN (SELECT id FROM owned) THEN true
           WHEN entry.admits = 1 AND $2 THEN false
           ELSE EXISTS (SELECT FROM unnest(entry.ancestor_ids) AS above(id)
                        WHERE CASE WHEN above.id IN (SELECT id FROM owned) THEN true END) END
  AND NOT ((SELECT EXISTS (SELECT FROM banned_from))
           AND EXISTS (SELECT FROM unnest(entry.ancestor_ids || entry.community_id) AS there(id)
                       WHERE there.id IN (SELECT id FROM banned_from)))
ORDER BY entry.review_time, entry.community_id
LIMIT $6
