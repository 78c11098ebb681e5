-- All keys that sign, did or will; three at most.
SELECT key_id, x, y, sealed_private_key, sign_from FROM signing_keys ORDER BY sign_from
