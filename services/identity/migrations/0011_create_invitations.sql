-- Addresses that may open an account, by the SHA-256 of a secret; gone when they were accepted or
-- taken back.
CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  secret_hash bytea NOT NULL,
  email text NOT NULL,
  creator_id uuid NOT NULL REFERENCES accounts,
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  CONSTRAINT one_invitation_per_secret UNIQUE (secret_hash),
  CONSTRAINT one_invitation_per_email UNIQUE (email),
  CONSTRAINT secret_hash_is_sha_256 CHECK (length(secret_hash) = 32)
);

CREATE INDEX invitations_newest ON invitations (create_time DESC, id DESC);
CREATE INDEX invitations_by_expiry ON invitations (expire_time);
