-- Notes what watchers have applied, those that stand at the head, and says where the head is. The
-- head is held meanwhile: whoever changes facts next finds these leases.
-- $1 watchers, $2 applied revisions
WITH head AS (
  SELECT revision FROM access_head FOR SHARE
), kept AS (
  INSERT INTO access_leases AS lease (watcher, applied)
  SELECT wanted.watcher, wanted.applied
  FROM unnest($1, $2) AS wanted(watcher, applied) JOIN head ON head.revision = wanted.applied
  ORDER BY wanted.watcher
  ON CONFLICT (watcher) DO UPDATE SET applied = excluded.applied
  RETURNING watcher
)
SELECT head.revision, pg_notify('access', '') FROM head
