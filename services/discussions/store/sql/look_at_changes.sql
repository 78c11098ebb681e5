-- What changed in transactions from $1 on, as far as it is visible, settled or not, and where the log
-- stands: the oldest transaction that is still open, and a number of the server's run and of the
-- log's incarnation, which both tell that transactions may be numbered anew.
-- Without $1 no changes.
-- $1 transaction id or null, $2 how many changes at most
SELECT log.horizon, log.server, change.xid, change.n, change.key,
       -- KIND_TOPIC_LEFT names the place that was left, beside KIND_TOPIC_MOVED.
       -- No join: how many changes there are is not known to the planner, who would read all topics.
       CASE WHEN change.kind = 50 THEN change.resource
            ELSE (SELECT community_id FROM topics WHERE id = change.key) END
FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon,
             hashtextextended(extract(epoch FROM pg_postmaster_start_time()) || ' ' || incarnation,
                              0) AS server
      FROM change_log_head) log
LEFT JOIN (SELECT xid::text::bigint AS xid, n, key, kind, resource
           FROM change_log
           WHERE change_log.xid >= $1::text::xid8
           ORDER BY change_log.xid, n
           LIMIT $2) change ON true
