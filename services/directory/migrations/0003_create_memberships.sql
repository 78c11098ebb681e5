-- Who belongs where. Not inherited: a row is all there is.
CREATE TABLE memberships (
  community_id uuid NOT NULL REFERENCES communities,
  member_id uuid NOT NULL REFERENCES members,
  role smallint NOT NULL,
  create_time timestamptz NOT NULL,
  PRIMARY KEY (community_id, member_id),
  CONSTRAINT role_is_known CHECK (role BETWEEN 1 AND 3)
);

CREATE INDEX memberships_by_member ON memberships (member_id, community_id) INCLUDE (role);
-- Owners first, then moderators, then members, each by time of joining.
CREATE INDEX memberships_by_rank ON memberships (community_id, role DESC, create_time, member_id);
