CREATE TABLE IF NOT EXISTS schema_migrations (
  component text NOT NULL,
  number integer NOT NULL,
  name text NOT NULL,
  checksum bytea NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (component, number)
)
