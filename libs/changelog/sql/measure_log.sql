-- How old the oldest open writer is, as far as this role may see writers; how old the oldest change
-- that has not settled; how many up to $3 have settled after a position.
-- $1 xid and $2 n of the position, $3 most
SELECT
  coalesce((SELECT extract(epoch FROM clock_timestamp() - min(xact_start))
            FROM pg_stat_activity WHERE backend_xid IS NOT NULL), 0)::float8,
  coalesce((SELECT extract(epoch FROM clock_timestamp() - min(create_time))
            FROM change_log WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())), 0)::float8,
  (SELECT count(*) FROM (
     SELECT FROM change_log
     WHERE (xid, n) > ($1::text::xid8, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY xid, n
     LIMIT $3) waiting)
