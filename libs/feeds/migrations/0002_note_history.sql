-- Which history a database goes on in, as change_log_history() in libs/changelog. Whoever restores
-- copies of the disks says so, UPDATE access_head SET history = ''.
CREATE FUNCTION access_history() RETURNS text LANGUAGE sql AS $$
  SELECT (pg_control_system()).system_identifier || '/' ||
         left(pg_walfile_name(pg_current_wal_lsn()), 8)
$$;

-- The one that the incarnation is of: in another one nobody is told anything before it is renewed.
ALTER TABLE access_head ADD COLUMN history text NOT NULL DEFAULT access_history();
