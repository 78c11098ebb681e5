-- Claims the oldest request for another password that is due, until a time.
-- $1 now, $2 until when
UPDATE reset_requests SET due_time = $2
WHERE id = (SELECT id FROM reset_requests
            WHERE due_time <= $1
            ORDER BY create_time
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
RETURNING id, email, issuer_id, create_time
