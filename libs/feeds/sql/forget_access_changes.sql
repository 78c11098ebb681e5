-- Drops changes that everybody has applied or will not ask for.
-- $1 how many revisions stay
DELETE FROM access_changes WHERE revision <= (SELECT revision FROM access_head) - $1
