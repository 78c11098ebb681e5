-- The address that a secret invites, if it still holds.
-- $1 secret hash, $2 now
SELECT email FROM invitations WHERE secret_hash = $1 AND expire_time > $2
