-- When the letter of an invitation is due, or due again because somebody is at work on it; null:
-- the secret was shown, or the letter was put down.
ALTER TABLE invitations ADD COLUMN due_time timestamptz;
CREATE INDEX invitations_to_send ON invitations (due_time) WHERE due_time IS NOT NULL;
