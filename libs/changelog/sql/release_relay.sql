-- Gives the right to publish back.
-- $1 holder
UPDATE change_relay SET until = '-infinity' WHERE holder = $1
