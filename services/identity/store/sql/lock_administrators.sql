-- Holds everybody who administers the organization, so that of two who leave at once one stays. In
-- order of the ids, so that two never wait for each other in a ring.
SELECT id FROM accounts WHERE administrator ORDER BY id FOR UPDATE
