-- Appends many changes, the numbers of each key in the order given. Keys are taken in order, so
-- that two batches never wait for each other in a ring.
-- $1 keys, $2 kinds, $3 resources, $4 versions, $5 origins
WITH wanted AS (
  SELECT *, row_number() OVER (PARTITION BY key ORDER BY place) AS rank,
         count(*) OVER (PARTITION BY key) AS total
  FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY
    AS change(key, kind, resource, version, origin, place)
), numbered AS (
  INSERT INTO change_keys AS counter (key, last_seq)
  SELECT key, count(*) FROM wanted GROUP BY key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET last_seq = counter.last_seq + excluded.last_seq,
    before_xid = counter.last_xid, last_xid = pg_current_xact_id()
  RETURNING key, last_seq, before_xid
)
INSERT INTO change_log (key, key_seq, after_xid, kind, resource, version, origin)
SELECT key, last_seq - total + rank,
       CASE WHEN rank = 1 THEN before_xid ELSE pg_current_xact_id() END,
       kind, resource, version, origin
FROM wanted JOIN numbered USING (key)
ORDER BY place
