-- Forgets claims from before a time, a chunk at once, and says how many.
-- $1 claimed before, $2 how many
WITH purged AS (
  DELETE FROM request_claims
  WHERE ctid = ANY (ARRAY(SELECT ctid FROM request_claims WHERE create_time < $1
                          ORDER BY create_time LIMIT $2))
  RETURNING true
)
SELECT count(*) FROM purged
