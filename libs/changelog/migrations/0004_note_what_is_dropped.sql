-- As before, and writes down up to where changes are not kept any more.
CREATE OR REPLACE FUNCTION keep_change_log_partitions(at timestamptz, kept interval)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  week timestamptz;
  partition record;
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('change_log'));
  FOR week IN
    SELECT (date_trunc('week', at AT TIME ZONE 'UTC') + n * interval '1 week') AT TIME ZONE 'UTC'
    FROM generate_series(0, 2) n
  LOOP
    BEGIN
      EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF change_log '
                     'FOR VALUES FROM (%L) TO (%L)',
                     'change_log_' || to_char(week AT TIME ZONE 'UTC', 'IYYY"w"IW'), week,
                     week + interval '1 week');
    EXCEPTION WHEN check_violation THEN
      -- Rows of that week went to change_log_rest already; they stay there.
    END;
  END LOOP;
  FOR partition IN
    SELECT child.relname AS name
    FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid
    WHERE inhparent = 'change_log'::regclass AND child.relname ~ '^change_log_\d{4}w\d{2}$'
      AND to_timestamp(substr(child.relname, 12), 'IYYY"w"IW') AT TIME ZONE 'UTC'
          + interval '1 week' < at AT TIME ZONE 'UTC' - kept
  LOOP
    EXECUTE format('SELECT xid, n FROM %I ORDER BY xid DESC, n DESC LIMIT 1', partition.name)
      INTO last;
    IF last.xid IS NOT NULL THEN
      UPDATE change_log_head SET dropped_xid = last.xid, dropped_n = last.n
      WHERE (dropped_xid, dropped_n) < (last.xid, last.n);
    END IF;
    EXECUTE format('DROP TABLE %I', partition.name);
  END LOOP;
  FOR last IN
    WITH gone AS (DELETE FROM change_log_rest WHERE create_time < at - kept RETURNING xid, n)
    SELECT xid, n FROM gone ORDER BY xid DESC, n DESC LIMIT 1
  LOOP
    UPDATE change_log_head SET dropped_xid = last.xid, dropped_n = last.n
    WHERE (dropped_xid, dropped_n) < (last.xid, last.n);
  END LOOP;
END
$$;
