-- Makes the buckets that are not there yet, empty ones, and holds all of them. In order of kind, so
-- that two attempts never wait for each other in a ring: those of one account share the lower kinds.
-- $1 kinds, $2 keys, $3 now
INSERT INTO throttle_buckets AS bucket (kind, key, level, level_time, open_from)
SELECT kind, key, 0, $3, $3
FROM unnest($1, $2) AS wanted(kind, key)
ORDER BY kind
ON CONFLICT (kind, key) DO UPDATE SET level = bucket.level
RETURNING kind, level, level_time, open_from
