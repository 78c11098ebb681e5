-- How many attempts were made on an account, from a place, in all. Here and not in memory, so that
-- all processes count as one. Keys are hashes: rows tell nobody's address.
CREATE TABLE throttle_buckets (
  kind smallint NOT NULL,
  key bytea NOT NULL,
  level double precision NOT NULL,
  level_time timestamptz NOT NULL,
  open_from timestamptz NOT NULL,
  PRIMARY KEY (kind, key)
) WITH (fillfactor = 70);

CREATE INDEX throttle_buckets_by_time ON throttle_buckets (level_time);
