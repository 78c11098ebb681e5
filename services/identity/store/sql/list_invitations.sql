-- The invitations that hold, newest first.
-- $1 now, $2 how many
SELECT id, email, creator_id, create_time, expire_time
FROM invitations
WHERE expire_time > $1
ORDER BY create_time DESC, id DESC
LIMIT $2
