-- Makes the partitions of this week and the next two and drops those that ended more than `kept`
-- before `at`. Weeks begin on Monday, UTC. Safe to repeat and to run in several processes at once.
CREATE FUNCTION keep_change_log_partitions(at timestamptz, kept interval)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  week timestamptz;
  partition record;
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
    EXECUTE format('DROP TABLE %I', partition.name);
  END LOOP;
  DELETE FROM change_log_rest WHERE create_time < at - kept;
END
$$;
