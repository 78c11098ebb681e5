-- The changes after a position that stand below every open transaction, in order, and where the
-- log stands; one row without a change where there is none. Beside each: up to which number changes
-- of its key were told before, because one that stands before the position had to come after them.
-- No row where the database goes on in another history than the log's. An xid travels as a number.
-- $1 xid and $2 n of the position, $3 limit
WITH told AS MATERIALIZED (
  SELECT key, max(key_seq) AS seq FROM change_log
  WHERE after_xid > xid AND after_xid >= $1::text::xid8 AND xid <= $1::text::xid8
    AND (xid, n) <= ($1::text::xid8, $2)
  GROUP BY key
)
SELECT head.incarnation, pg_snapshot_xmin(pg_current_snapshot()),
       (dropped_xid, dropped_n) > ($1::text::xid8, $2),
       change.xid, change.n, change.create_time, change.key, change.key_seq, change.after_xid,
       change.kind, change.resource, change.version, change.origin, coalesce(told.seq, 0)
FROM change_log_head head
LEFT JOIN LATERAL (
  SELECT * FROM change_log
  WHERE (xid, n) > ($1::text::xid8, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())
  ORDER BY xid, n
  LIMIT $3
) change ON true
LEFT JOIN told ON told.key = change.key
WHERE head.history = change_log_history()
ORDER BY change.xid, change.n
