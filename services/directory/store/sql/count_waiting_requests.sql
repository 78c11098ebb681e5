-- How many requests to join wait where somebody keeps order, counted to a limit: in up to 20
-- communities by their ranges, in more by the index of all that wait, as in list_waiting_requests.
-- $1 viewer, $2 whether the viewer is external, $3 the limit
WITH kept AS MATERIALIZED (
  SELECT id FROM communities_moderated_by($1, $2) AS moderated(id)
)
SELECT count(*)::int
FROM ((SELECT waiting.create_time
       FROM kept
       CROSS JOIN LATERAL (SELECT create_time FROM proposals
                           WHERE community_id = kept.id AND kind = 1 AND state = 1
                           ORDER BY create_time
                           LIMIT $3) waiting
       WHERE (SELECT count(*) <= 20 FROM kept)
       LIMIT $3)
      UNION ALL
      (SELECT create_time
       FROM proposals
       WHERE kind = 1 AND state = 1
         AND (SELECT count(*) > 20 FROM kept)
         AND CASE WHEN community_id IN (SELECT id FROM kept) THEN true END
       ORDER BY create_time, community_id, member_id
       LIMIT $3)) waiting
