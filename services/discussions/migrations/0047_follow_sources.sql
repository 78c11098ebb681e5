-- What rows keep of the records that they were last imported from (libs/base/record_hash.h): an
-- import that comes again tells by it what its source has changed since from what was changed here.
-- Null: not imported, or by a version that did not keep it.
ALTER TABLE topics ADD COLUMN imported_mark bigint;
ALTER TABLE posts ADD COLUMN imported_mark bigint;
