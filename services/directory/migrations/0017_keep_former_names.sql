-- What communities were called before they got the names that they have: they are found by these,
-- too. Any community may take such a name.
CREATE TABLE former_names (
  community_id uuid NOT NULL REFERENCES communities,
  display_name text NOT NULL,
  display_key text COLLATE "und-x-icu" GENERATED ALWAYS AS (lower(display_name)) STORED,
  end_time timestamptz NOT NULL,
  PRIMARY KEY (community_id, display_key)
);

CREATE INDEX former_names_by_terms ON former_names USING gin (community_terms(display_name))
  WITH (fastupdate = off);
