-- What administrators took out of profiles: which fields, never what stood there. Rows stay. The
-- remover refers to nobody: a reference would lock that member beside the one whose profile it is,
-- and two administrators who take words from each other would wait in a ring.
CREATE TABLE profile_removals (
  member_id uuid NOT NULL REFERENCES members,
  create_time timestamptz NOT NULL,
  id uuid NOT NULL,
  fields text[] NOT NULL,
  reason text NOT NULL,
  remover_id uuid NOT NULL,
  PRIMARY KEY (member_id, create_time, id)
);
