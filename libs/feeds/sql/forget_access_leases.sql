-- Watchers that have not applied a revision although the last lease before it ran out. One whose row
-- is held is just renewing: it stays.
-- $1 revision
DELETE FROM access_leases
WHERE watcher IN (SELECT watcher FROM access_leases WHERE applied < $1 FOR UPDATE SKIP LOCKED)
