-- Appends a change with the next number of its key.
-- $1 key, $2 kind, $3 resource, $4 version, $5 origin
WITH numbered AS (
  INSERT INTO change_keys AS counter (key, last_seq) VALUES ($1, 1)
  ON CONFLICT (key) DO UPDATE SET last_seq = counter.last_seq + 1,
    before_xid = counter.last_xid, last_xid = pg_current_xact_id()
  RETURNING last_seq, before_xid
)
INSERT INTO change_log (key, key_seq, after_xid, kind, resource, version, origin)
SELECT $1, last_seq, before_xid, $2, $3, $4, $5 FROM numbered
