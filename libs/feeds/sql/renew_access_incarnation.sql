-- Tells the facts of a database that goes on in another history from those that were told before.
-- Leases stay: whoever holds one may decide by what it knows until it runs out.
UPDATE access_head SET incarnation = gen_random_uuid(), history = access_history()
WHERE history <> access_history()
