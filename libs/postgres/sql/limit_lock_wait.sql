-- A migration that waits for a table's lock holds up everybody who comes after it.
SELECT set_config('lock_timeout', '2s', true)
