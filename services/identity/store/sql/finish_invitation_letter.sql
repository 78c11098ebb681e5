-- Notes that the letter of an invitation was put down.
-- $1 id
UPDATE invitations SET due_time = NULL WHERE id = $1
