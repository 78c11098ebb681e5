-- Sign-ins, kept for a month after their end: from where somebody has signed in before is what the
-- throttle asks.
CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts,
  secret_hash bytea NOT NULL,
  create_time timestamptz NOT NULL,
  last_used_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  revoke_time timestamptz,
  user_agent text NOT NULL,
  place text NOT NULL,
  CONSTRAINT one_session_per_secret UNIQUE (secret_hash),
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32)
) WITH (fillfactor = 85);

CREATE INDEX live_sessions_by_account_newest ON sessions (account_id, create_time DESC, id DESC)
  WHERE revoke_time IS NULL;
CREATE INDEX sessions_by_account_and_place ON sessions (account_id, place);
CREATE INDEX sessions_by_expiry ON sessions (expire_time);
