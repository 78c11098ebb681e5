-- Takes or keeps the right to publish for $2 seconds; no row while somebody else has it.
-- $1 holder, $2 seconds
UPDATE change_relay SET holder = $1, until = clock_timestamp() + make_interval(secs => $2)
WHERE holder = $1 OR until < clock_timestamp()
RETURNING true
