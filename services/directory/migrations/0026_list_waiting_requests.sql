-- Requests to join that wait for an answer, wherever they do, the oldest first: an index alone says
-- which of them wait where somebody keeps order.
CREATE INDEX requests_waiting_longest ON proposals (create_time, community_id, member_id)
  WHERE kind = 1 AND state = 1;

-- Where somebody keeps order and nothing is archived: the same rule as COMMUNITY_MODERATE in
-- libs/access/decide.cpp, and a test holds the two against each other. Reads the catalog once, or
-- nothing for who keeps order nowhere. CASE, so that each community is looked up in what is kept,
-- and that not gone through for each.
CREATE FUNCTION communities_moderated_by(viewer_id uuid, viewer_is_external boolean)
RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  WITH kept AS MATERIALIZED (
    SELECT community_id AS id, role FROM memberships WHERE member_id = viewer_id AND role >= 2
  ), banned_from AS MATERIALIZED (
    SELECT community_id AS id FROM bans WHERE member_id = viewer_id
  )
  SELECT entry.community_id
  FROM community_catalog entry
  WHERE (SELECT EXISTS (SELECT FROM kept))
    AND NOT entry.archived
    AND CASE WHEN entry.community_id IN (SELECT id FROM kept) THEN true
             WHEN entry.admits = 1 AND viewer_is_external THEN false
             ELSE EXISTS (SELECT FROM unnest(entry.ancestor_ids) AS above(id)
                          WHERE CASE WHEN above.id IN (SELECT id FROM kept WHERE role = 3)
                                     THEN true END) END
    AND NOT ((SELECT EXISTS (SELECT FROM banned_from))
             AND EXISTS (SELECT FROM unnest(entry.ancestor_ids || entry.community_id) AS there(id)
                         WHERE there.id IN (SELECT id FROM banned_from)))
$$;
