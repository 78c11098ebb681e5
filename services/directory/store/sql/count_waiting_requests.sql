-- How many requests to join wait where somebody keeps order, counted to a limit. CASE as in
-- list_waiting_requests.
-- $1 viewer, $2 whether the viewer is external, $3 the limit
WITH kept AS MATERIALIZED (
  SELECT id FROM communities_moderated_by($1, $2) AS moderated(id)
)
SELECT count(*)::int
FROM (SELECT FROM proposals
      WHERE kind = 1 AND state = 1
        AND (SELECT EXISTS (SELECT FROM kept))
        AND CASE WHEN community_id IN (SELECT id FROM kept) THEN true END
      ORDER BY create_time, community_id, member_id
      LIMIT $3) waiting
