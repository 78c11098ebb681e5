-- A community is archived by its own mark or by that of one above it. `archived` says whether it is
-- by either, and is written with the mark in all that are below: so it stands under the lock of the
-- community, and a list filters by it.
ALTER TABLE communities
  ADD COLUMN archive_time timestamptz,
  ADD COLUMN archived boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT what_is_marked_is_archived CHECK (archive_time IS NULL OR archived);
