-- What a community is for and how it works, if somebody has written it.
-- $1 community
SELECT purpose, sponsor_id, cadence, welcome, review_time, version
FROM charters
WHERE community_id = $1
