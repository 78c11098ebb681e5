-- Stores the charter of a locked community.
-- $1 community, $2 purpose, $3 sponsor or null, $4 cadence, $5 welcome, $6 review time or null,
-- $7 version
INSERT INTO charters (community_id, purpose, sponsor_id, cadence, welcome, review_time, version)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (community_id) DO UPDATE
SET purpose = excluded.purpose, sponsor_id = excluded.sponsor_id, cadence = excluded.cadence,
    welcome = excluded.welcome, review_time = excluded.review_time, version = excluded.version
