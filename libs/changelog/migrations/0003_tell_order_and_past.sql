-- What a reader of the log needs beside its rows: which past this is, from where on the log is
-- kept, and which transaction wrote the change before.
CREATE TABLE change_log_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  -- Whoever restores the database renews it, so that positions from before count no more:
  -- UPDATE change_log_head SET incarnation = gen_random_uuid().
  incarnation uuid NOT NULL DEFAULT gen_random_uuid(),
  -- The last change that is not kept any more: a reader that was not yet there has lost some.
  dropped_xid xid8 NOT NULL DEFAULT '0',
  dropped_n bigint NOT NULL DEFAULT 0
);
INSERT INTO change_log_head DEFAULT VALUES;

-- A transaction takes its xid before it takes the key, so two changes of one key may stand in the
-- log against the order of their commits. The counter's row knows who had the key before.
-- For keys that exist already it is this migration: what ends after it stands in no doubt.
ALTER TABLE change_keys ADD COLUMN last_xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE change_keys ADD COLUMN before_xid xid8 NOT NULL DEFAULT '0';

-- The xid of the key's change before; 0 for a key's first. Greater than the row's own xid: the
-- change before stands behind it in the log.
ALTER TABLE change_log ADD COLUMN after_xid xid8 NOT NULL DEFAULT '0';
