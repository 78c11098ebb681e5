-- Claims the letter about a change of an address that is due longest, until a time.
-- $1 now, $2 until when
UPDATE email_letters SET due_time = $2
WHERE id = (SELECT id FROM email_letters
            WHERE due_time <= $1
            ORDER BY due_time
            LIMIT 1
            FOR UPDATE SKIP LOCKED)
RETURNING id, kind, email
