-- Secrets that may be shown once, by the SHA-256 of each; gone with their use. `kind` is
-- store/secret.h's, `account_id` whose they are where that is known before.
CREATE TABLE one_time_secrets (
  secret_hash bytea PRIMARY KEY,
  kind smallint NOT NULL,
  account_id uuid REFERENCES accounts,
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32)
);

CREATE INDEX one_time_secrets_by_expiry ON one_time_secrets (expire_time);
