-- Communities that rest neither by themselves nor by one above and in which no owner can act, the
-- newest first, after (time, id): all who own them or one above are suspended or imported, or banned
-- or muted there, or are externals who own one above where employees alone are taken; as in
-- read_standing_to_appoint. Owners, suspended accounts, bans, mutes and the catalog are each read
-- once, as a whole; CASE, so that a community is looked up in what was read, and that not gone
-- through for each. Next to nobody owns and is banned or muted somewhere: for these alone it is asked
-- where.
-- $1 time and $2 community to go on after, $3 how many
WITH sanctioned AS MATERIALIZED (
  SELECT member_id, community_id FROM bans
  UNION ALL
  SELECT member_id, community_id FROM mutes
), able AS MATERIALIZED (
  SELECT community_id, member_id, external, member_id IN (SELECT member_id FROM sanctioned) AS barred
  FROM community_owners owner
  WHERE NOT EXISTS (SELECT FROM suspended_accounts WHERE member_id = owner.member_id)
    AND NOT is_imported(owner.member_id)
), barred_owners AS MATERIALIZED (
  SELECT community_id, member_id, external FROM able WHERE barred
), ownerless AS MATERIALIZED (
  SELECT entry.community_id, entry.create_time
  FROM community_catalog entry
  CROSS JOIN LATERAL (SELECT entry.ancestor_ids || entry.community_id AS path) way
  WHERE NOT entry.archived
    AND NOT EXISTS (
      SELECT FROM unnest(way.path) AS led(id)
      WHERE CASE WHEN led.id IN (SELECT community_id FROM able WHERE NOT barred AND NOT external)
                 THEN true
                 WHEN (entry.admits = 2 OR led.id = entry.community_id)
                      AND led.id IN (SELECT community_id FROM able WHERE NOT barred AND external)
                 THEN true END)
    AND NOT EXISTS (
      SELECT FROM barred_owners owner
      WHERE owner.community_id = ANY (way.path)
        AND (NOT owner.external OR entry.admits = 2 OR owner.community_id = entry.community_id)
        AND NOT EXISTS (
          SELECT FROM unnest(way.path) AS there(id)
          WHERE CASE WHEN (owner.member_id, there.id) IN (TABLE sanctioned) THEN true END))
)
SELECT community_id, create_time
FROM ownerless
WHERE (create_time, community_id) < ($1, $2)
ORDER BY create_time DESC, community_id DESC
LIMIT $3
