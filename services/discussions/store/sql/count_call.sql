-- Counts a call of everyone in a community, and says how many there were since a time before it; older
-- ones are forgotten. Others who call there wait for the end of this transaction.
-- $1 community, $2 time, $3 since when
INSERT INTO community_calls AS known (community_id, call_times)
VALUES ($1, ARRAY[$2])
ON CONFLICT (community_id) DO UPDATE
  SET call_times = array(SELECT time FROM unnest(known.call_times) AS call(time) WHERE time > $3)
                   || $2
RETURNING cardinality(call_times) - 1
