-- Why an account is suspended, for administrators, and until when; null: until one of them ends it.
-- Neither is bound to suspend_time by a constraint: a process of the version before ends a
-- suspension and knows of neither.
ALTER TABLE accounts
  ADD COLUMN suspend_reason text NOT NULL DEFAULT '',
  ADD COLUMN suspend_expire_time timestamptz;

CREATE INDEX suspensions_by_end ON accounts (suspend_expire_time, id) WHERE suspend_expire_time IS NOT NULL;
