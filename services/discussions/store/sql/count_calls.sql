-- How often posts have mentioned everyone in a community since a time, up to a number.
-- $1 community, $2 time, $3 up to how many
SELECT count(*)::integer
FROM (
  SELECT FROM mentions
  WHERE community_id = $1 AND kind = 2 AND mention_time > $2 AND member_id IS NULL
  LIMIT $3
) calls
