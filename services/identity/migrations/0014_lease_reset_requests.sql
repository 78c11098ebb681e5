-- Until when somebody is at work on a request: letters are written without holding a row.
ALTER TABLE reset_requests ADD COLUMN due_time timestamptz NOT NULL DEFAULT '-infinity';
