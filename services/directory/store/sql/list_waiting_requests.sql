-- The requests to join that wait where somebody keeps order, oldest first, after (time, community,
-- member). The index of those that wait says which they are, in this order: CASE, so that it is
-- gone along only as far as the page needs. LIMIT 1, so that each of these is looked up.
-- $1 viewer, $2 whether the viewer is external, $3 time, $4 community and $5 member to go on after,
-- $6 how many
WITH kept AS MATERIALIZED (
  SELECT id FROM communities_moderated_by($1, $2) AS moderated(id)
), page AS MATERIALIZED (
  SELECT create_time, community_id, member_id
  FROM proposals
  WHERE kind = 1 AND state = 1 AND (create_time, community_id, member_id) > ($3, $4, $5)
    AND (SELECT EXISTS (SELECT FROM kept))
    AND CASE WHEN community_id IN (SELECT id FROM kept) THEN true END
  ORDER BY create_time, community_id, member_id
  LIMIT $6
)
SELECT request.*, page.community_id
FROM page
CROSS JOIN LATERAL (
  SELECT kind, member_id, creator_id, message, state, create_time, expire_time
  FROM proposals
  WHERE community_id = page.community_id AND member_id = page.member_id AND kind = 1
  LIMIT 1
) request
ORDER BY page.create_time, page.community_id, page.member_id
