-- Lists of accounts, for administrators. Each index begins with what a list may be asked for, so
-- that a page is a range for each affiliation and state, and nothing of it is read and thrown away.
ALTER TABLE accounts
  ADD COLUMN name_key text COLLATE "und-x-icu" NOT NULL
    GENERATED ALWAYS AS (lower(display_name COLLATE "und-x-icu")) STORED,
  ADD COLUMN suspended boolean NOT NULL
    GENERATED ALWAYS AS (suspend_time IS NOT NULL) STORED;

CREATE INDEX accounts_by_name ON accounts (affiliation, suspended, name_key, id);
CREATE INDEX accounts_newest
  ON accounts (affiliation, suspended, create_time DESC, id DESC);
CREATE INDEX suspended_accounts ON accounts (id) WHERE suspended;
