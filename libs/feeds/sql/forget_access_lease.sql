-- A watcher that ends.
-- $1 watcher
DELETE FROM access_leases WHERE watcher = $1
