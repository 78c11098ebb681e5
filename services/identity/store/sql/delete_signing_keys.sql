-- Drops keys that nothing valid was signed with.
-- $1 key ids
DELETE FROM signing_keys WHERE key_id = ANY ($1)
