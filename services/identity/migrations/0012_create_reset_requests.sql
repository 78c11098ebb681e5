-- Addresses for which somebody has asked for another password, whether or not they have an account:
-- who asks is answered before anybody looks.
CREATE TABLE reset_requests (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  create_time timestamptz NOT NULL
);

CREATE INDEX reset_requests_oldest ON reset_requests (create_time);
