-- Secrets by which somebody's programs call, by the SHA-256 of each; kept for a month after they ran
-- out. `scope`: 1 reads, 2 writes as well.
CREATE TABLE access_tokens (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  secret_hash bytea NOT NULL,
  display_name text NOT NULL,
  scope smallint NOT NULL,
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  last_used_time timestamptz,
  revoke_time timestamptz,
  CONSTRAINT one_access_token_per_secret UNIQUE (secret_hash),
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32),
  CONSTRAINT scope_is_read_or_write CHECK (scope IN (1, 2))
) WITH (fillfactor = 85);

CREATE INDEX access_tokens_by_account_newest ON access_tokens (account_id, create_time DESC, id DESC)
  WHERE revoke_time IS NULL;
CREATE INDEX access_tokens_by_expiry ON access_tokens (expire_time);
