-- Keys that sign tokens. Private parts are sealed with AES-256-GCM under a key that is not here.
CREATE TABLE signing_keys (
  key_id text PRIMARY KEY,
  x bytea NOT NULL,
  y bytea NOT NULL,
  sealed_private_key bytea NOT NULL,
  sign_from timestamptz NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT coordinates_have_32_bytes CHECK (length(x) = 32 AND length(y) = 32)
);

-- One row, held by whoever changes the keys.
CREATE TABLE key_rotation (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO key_rotation DEFAULT VALUES;
