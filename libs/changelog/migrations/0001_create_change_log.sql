-- What this service changed, for whoever follows: ids, kind and version, never text or names. Rows
-- are only ever inserted. Readers go by (xid, n) and stop below the oldest transaction that is
-- still open, so one that commits late is never skipped.
CREATE SEQUENCE change_log_n;

CREATE TABLE change_log (
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  n bigint NOT NULL DEFAULT nextval('change_log_n'),
  create_time timestamptz NOT NULL DEFAULT now(),
  key uuid NOT NULL,
  key_seq bigint NOT NULL,
  kind smallint NOT NULL,
  resource uuid NOT NULL,
  version bigint NOT NULL,
  origin smallint NOT NULL,
  PRIMARY KEY (xid, n, create_time)
) PARTITION BY RANGE (create_time);

-- Where rows go if nobody made their partition in time: slower to clean up, never lost.
CREATE TABLE change_log_rest PARTITION OF change_log DEFAULT;

-- The last number given out for each key; held until the transaction ends, so numbers have no gap
-- and their order is that of the commits.
CREATE TABLE change_keys (
  key uuid PRIMARY KEY,
  last_seq bigint NOT NULL
) WITH (fillfactor = 80);
