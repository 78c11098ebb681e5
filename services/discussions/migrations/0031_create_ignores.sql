-- Whom members ignore: each member's own, and nobody else's. Without a check that they exist.
CREATE TABLE ignores (
  member_id uuid NOT NULL,
  ignored_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  PRIMARY KEY (member_id, ignored_id),
  CONSTRAINT nobody_ignores_itself CHECK (member_id <> ignored_id)
);

CREATE INDEX ignores_newest_first ON ignores (member_id, create_time DESC, ignored_id DESC);
