-- Whether a secret invites an address, and still holds.
-- $1 secret hash, $2 email, $3 now
SELECT EXISTS (SELECT FROM invitations
               WHERE secret_hash = $1 AND email = $2 AND expire_time > $3)
