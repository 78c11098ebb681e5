-- How many own a community, counted to 2: more never matters.
-- $1 community
SELECT count(*)::int
FROM (SELECT FROM memberships WHERE community_id = $1 AND role = 3 LIMIT 2) owners
