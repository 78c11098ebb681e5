-- Which history a database goes on in: the cluster and its timeline, which PostgreSQL numbers anew
-- when it has recovered to a point in time and when a standby takes over. Both tell that of what was
-- told before some may never have happened. Copies of the disks do not: whoever restores these says
-- so, UPDATE change_log_head SET history = ''.
CREATE FUNCTION change_log_history() RETURNS text LANGUAGE sql AS $$
  SELECT (pg_control_system()).system_identifier || '/' ||
         left(pg_walfile_name(pg_current_wal_lsn()), 8)
$$;

-- The one that the incarnation is of: in another one there is no reading before it is renewed.
ALTER TABLE change_log_head ADD COLUMN history text NOT NULL DEFAULT change_log_history();
