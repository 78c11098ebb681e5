-- Until when those could see a community who see less of it since. Whoever is banned is told that
-- it is gone if it ever could see it, although it was narrowed before: the narrowing itself may not
-- be told to whoever is banned, who perhaps never saw the community.
ALTER TABLE communities
  ADD COLUMN employees_saw_until timestamptz,
  ADD COLUMN everyone_saw_until timestamptz;
