-- Forgets up to $2 claims from before $1 and says how many.
WITH purged AS (
  DELETE FROM request_claims
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM request_claims WHERE create_time < $1 LIMIT $2))
  RETURNING true
)
SELECT count(*) FROM purged
