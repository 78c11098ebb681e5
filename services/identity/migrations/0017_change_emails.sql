-- Addresses that owners of accounts want to have, one at a time, by the SHA-256 of the secret that
-- goes there.
CREATE TABLE email_requests (
  account_id uuid PRIMARY KEY REFERENCES accounts,
  id uuid NOT NULL,
  secret_hash bytea NOT NULL,
  email text NOT NULL,
  expire_time timestamptz NOT NULL,
  CONSTRAINT one_email_request_per_id UNIQUE (id),
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32)
);

CREATE INDEX email_requests_by_expiry ON email_requests (expire_time);

-- That accounts got another address, and by whom; never which. `changer_id` is null where the owner
-- did it.
CREATE TABLE email_changes (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  changer_id uuid REFERENCES accounts,
  change_time timestamptz NOT NULL
);

CREATE INDEX email_changes_by_account ON email_changes (account_id, change_time DESC, id DESC);
CREATE INDEX email_changes_by_age ON email_changes (change_time);

-- Letters about changes of addresses, until they are put down; `kind` is domain/email_change.h's.
-- Until `due_time` somebody is at work on one: letters are written without holding a row.
CREATE TABLE email_letters (
  id uuid PRIMARY KEY,
  kind smallint NOT NULL,
  email text NOT NULL,
  due_time timestamptz NOT NULL
);

CREATE INDEX email_letters_due ON email_letters (due_time);
