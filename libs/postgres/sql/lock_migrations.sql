-- The number is arbitrary, the same for everybody who migrates a Guildhall database.
SELECT pg_advisory_lock(7236517741)
