-- Invites an address, in place of an earlier invitation.
-- $1 id, $2 secret hash, $3 email, $4 creator, $5 time, $6 expiry, $7 when its letter is due or
-- null
INSERT INTO invitations (id, secret_hash, email, creator_id, create_time, expire_time, due_time)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT ON CONSTRAINT one_invitation_per_email DO UPDATE
SET id = excluded.id, secret_hash = excluded.secret_hash, creator_id = excluded.creator_id,
    create_time = excluded.create_time, expire_time = excluded.expire_time,
    due_time = excluded.due_time
