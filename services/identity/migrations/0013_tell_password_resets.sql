-- Resets of passwords that owners are told of: those that an administrator issued, and those that
-- were used. `issuer_id` is null where whoever asked got a letter.
CREATE TABLE password_resets (
  secret_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  issuer_id uuid REFERENCES accounts,
  issue_time timestamptz NOT NULL,
  use_time timestamptz,
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32)
);

CREATE INDEX password_resets_by_account
  ON password_resets (account_id, use_time DESC NULLS LAST, issue_time DESC);
CREATE INDEX password_resets_by_age ON password_resets (issue_time);

-- Who asked for somebody else, an administrator.
ALTER TABLE reset_requests ADD COLUMN issuer_id uuid REFERENCES accounts;
