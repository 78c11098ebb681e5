-- Stores the levels of locked buckets.
-- $1 kinds, $2 keys, $3 levels, $4 times, $5 open from
UPDATE throttle_buckets AS bucket
SET level = fresh.level, level_time = fresh.level_time, open_from = fresh.open_from
FROM unnest($1, $2, $3, $4, $5) AS fresh(kind, key, level, level_time, open_from)
WHERE bucket.kind = fresh.kind AND bucket.key = fresh.key
