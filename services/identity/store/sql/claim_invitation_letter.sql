-- Claims the invitation whose letter is due longest, until a time.
-- $1 now, $2 until when
UPDATE invitations SET due_time = $2
WHERE id = (SELECT id FROM invitations
            WHERE due_time <= $1 AND expire_time > $1
            ORDER BY due_time
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
RETURNING id, email, expire_time
