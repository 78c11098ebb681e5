-- The requests to join that wait where somebody keeps order, oldest first, after (time, community,
-- member). Where it keeps order in up to 20 communities, each has its range read, and if these hold
-- up to 60 the page is of them: what waits elsewhere costs nothing. Of more, the index of all that
-- wait says which they are, in this order: CASE, so that it is gone along only as far as the page
-- needs. LIMIT 1, so that each of these is looked up.
-- $1 viewer, $2 whether the viewer is external, $3 time, $4 community and $5 member to go on after,
-- $6 how many
WITH kept AS MATERIALIZED (
  SELECT id FROM communities_moderated_by($1, $2) AS moderated(id)
), near AS MATERIALIZED (
  SELECT request.*
  FROM kept
  CROSS JOIN LATERAL (
    SELECT kind, member_id, creator_id, message, state, create_time, expire_time, decline_reason,
           community_id
    FROM proposals
    WHERE community_id = kept.id AND kind = 1 AND state = 1 AND create_time >= $3
      AND (create_time, community_id, member_id) > ($3, $4, $5)
    ORDER BY create_time
    LIMIT 61
  ) request
  WHERE (SELECT count(*) <= 20 FROM kept)
  LIMIT 61
), reach AS MATERIALIZED (
  SELECT (SELECT count(*) FROM kept) <= 20 AND count(*) <= 60 AS near FROM near
), far AS MATERIALIZED (
  SELECT create_time, community_id, member_id
  FROM proposals
  WHERE kind = 1 AND state = 1 AND (create_time, community_id, member_id) > ($3, $4, $5)
    AND (SELECT NOT near FROM reach)
    AND CASE WHEN community_id IN (SELECT id FROM kept) THEN true END
  ORDER BY create_time, community_id, member_id
  LIMIT $6
)
SELECT kind, member_id, creator_id, message, state, create_time, expire_time, decline_reason, community_id
FROM near
WHERE (SELECT near FROM reach)
UNION ALL
SELECT request.*, far.community_id
FROM far
CROSS JOIN LATERAL (
  SELECT kind, member_id, creator_id, message, state, create_time, expire_time, decline_reason
  FROM proposals
  WHERE community_id = far.community_id AND member_id = far.member_id AND kind = 1
  LIMIT 1
) request
ORDER BY create_time, community_id, member_id
LIMIT $6
