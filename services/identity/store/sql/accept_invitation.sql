-- Uses the invitation of an address up, if it still holds, and says which it was.
-- $1 secret hash, $2 email, $3 now
DELETE FROM invitations
WHERE secret_hash = $1 AND email = $2 AND expire_time > $3
RETURNING id
