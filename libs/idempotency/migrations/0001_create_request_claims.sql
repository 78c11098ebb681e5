-- What callers asked to be done once, with the answers that they got. A row is written by the
-- transaction of the effect, so one is there exactly when the other is. The answer is null where
-- it held a secret. Rows older than a day are purged, found by the narrow BRIN index: rows are
-- written in order of time and never move.
CREATE TABLE request_claims (
  request_id uuid NOT NULL,
  caller uuid NOT NULL,
  method text NOT NULL,
  digest bytea NOT NULL,
  answer bytea,
  create_time timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (request_id, caller, method)
);

CREATE INDEX request_claims_by_age ON request_claims USING brin (create_time)
  WITH (pages_per_range = 32);
