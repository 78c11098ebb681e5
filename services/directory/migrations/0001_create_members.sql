-- People with a profile. Lists are arrays: they are read and written whole with their member, and
-- a member has at most 50 entries in each.
CREATE TABLE members (
  id uuid PRIMARY KEY,
  display_name text NOT NULL,
  headline text NOT NULL DEFAULT '',
  location text NOT NULL DEFAULT '',
  time_zone text NOT NULL DEFAULT '',
  skills text[] NOT NULL DEFAULT '{}',
  interests text[] NOT NULL DEFAULT '{}',
  projects text[] NOT NULL DEFAULT '{}',
  languages text[] NOT NULL DEFAULT '{}',
  affiliation smallint NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CONSTRAINT affiliation_is_employee_or_external CHECK (affiliation IN (1, 2))
);
