-- Groups of members. A parent is set once, so the chain of ancestors is stored with the row: who
-- owns one of them is answered without recursion.
CREATE TABLE communities (
  id uuid PRIMARY KEY,
  parent_id uuid REFERENCES communities,
  ancestor_ids uuid[] NOT NULL DEFAULT '{}',
  display_name text NOT NULL,
  display_key text COLLATE "und-x-icu" GENERATED ALWAYS AS (lower(display_name)) STORED,
  description text NOT NULL DEFAULT '',
  kind smallint NOT NULL,
  visibility smallint NOT NULL,
  admits smallint NOT NULL,
  member_count integer NOT NULL DEFAULT 0,
  version bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CONSTRAINT kind_is_known CHECK (kind BETWEEN 1 AND 5),
  CONSTRAINT visibility_is_known CHECK (visibility BETWEEN 1 AND 3),
  CONSTRAINT admits_is_known CHECK (admits IN (1, 2)),
  CONSTRAINT member_count_is_not_negative CHECK (member_count >= 0),
  CONSTRAINT communities_nest_at_most_5_deep CHECK (cardinality(ancestor_ids) < 5)
) WITH (fillfactor = 85);

-- SECRET communities are left out: that a name is taken must not tell that one of them exists.
CREATE UNIQUE INDEX one_display_name_among_siblings
  ON communities (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), display_key)
  WHERE visibility <> 3;
CREATE INDEX communities_by_name ON communities (display_key, id);
CREATE INDEX communities_by_parent_and_name ON communities (parent_id, display_key, id)
  WHERE parent_id IS NOT NULL;
