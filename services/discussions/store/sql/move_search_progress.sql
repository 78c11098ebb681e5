-- Moves the progress, if it is where it was seen, and along with it that of older versions, which
-- whoever writes words holds.
-- $1 incarnation, $2 xid, $3 n, $4 topic or null, $5 number (where to), $6 incarnation, $7 xid, $8 n,
-- $9 topic or null, $10 number (where it was)
WITH moved AS (
  UPDATE word_progress
  SET incarnation = $1, xid = $2, n = $3, known_topic_id = $4, known_number = $5
  WHERE incarnation = $6 AND xid = $7 AND n = $8 AND known_topic_id IS NOT DISTINCT FROM $9
    AND known_number = $10
  RETURNING incarnation, xid, n
)
UPDATE search_progress older SET incarnation = moved.incarnation, xid = moved.xid, n = moved.n
FROM moved
RETURNING true
