-- Since when an account may not be used. Whoever administers is not suspended: the role ends first.
ALTER TABLE accounts
  ADD COLUMN suspend_time timestamptz,
  ADD CONSTRAINT administrators_are_not_suspended CHECK (NOT administrator OR suspend_time IS NULL);
