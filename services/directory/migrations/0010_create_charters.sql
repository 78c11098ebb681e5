-- What communities are for and how they work. Apart from them, because lists of communities do not
-- show it.
CREATE TABLE charters (
  community_id uuid PRIMARY KEY REFERENCES communities,
  purpose text NOT NULL DEFAULT '',
  sponsor_id uuid REFERENCES members,
  cadence text NOT NULL DEFAULT '',
  welcome text NOT NULL DEFAULT '',
  review_time timestamptz,
  version bigint NOT NULL
);
