-- What others know of this service's access facts, and how they hear that one has changed.
--
-- The one row every change of facts passes: it is updated last in a transaction, so revisions are
-- numbered in the order of the commits and none is ever missing below one that is seen.
CREATE TABLE access_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- Whoever restores the database renews it, so that what was known before counts no more:
  -- UPDATE access_head SET incarnation = gen_random_uuid().
  incarnation uuid NOT NULL DEFAULT gen_random_uuid(),
  revision bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 10);
INSERT INTO access_head DEFAULT VALUES;

CREATE TABLE access_changes (
  revision bigint NOT NULL,
  place integer NOT NULL,
  kind smallint NOT NULL,
  subject uuid NOT NULL,
  object uuid NOT NULL,
  PRIMARY KEY (revision, place),
  CONSTRAINT kind_is_known CHECK (kind BETWEEN 1 AND 5)
);

-- Processes that may decide from what they know, and up to which revision they know it.
CREATE TABLE access_leases (
  watcher uuid PRIMARY KEY,
  applied bigint NOT NULL
) WITH (fillfactor = 50);
