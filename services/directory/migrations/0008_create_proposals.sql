-- That a member belong to a community, proposed by one of them and waiting for the other's answer:
-- requests to join (kind 1) and invitations (kind 2). Gives no right.
CREATE TABLE proposals (
  community_id uuid NOT NULL REFERENCES communities,
  member_id uuid NOT NULL REFERENCES members,
  kind smallint NOT NULL,
  state smallint NOT NULL DEFAULT 1,
  creator_id uuid NOT NULL REFERENCES members,
  message text NOT NULL DEFAULT '',
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  PRIMARY KEY (community_id, member_id, kind),
  CONSTRAINT proposal_is_a_request_or_an_invitation CHECK (kind IN (1, 2)),
  CONSTRAINT proposal_is_pending_or_declined CHECK (state IN (1, 2)),
  CONSTRAINT who_requests_is_the_member CHECK (kind = 2 OR creator_id = member_id)
);

CREATE INDEX proposals_oldest_first
  ON proposals (community_id, kind, state, create_time, member_id);
CREATE INDEX proposals_of_member ON proposals (member_id, kind, create_time DESC, community_id);
CREATE INDEX proposals_by_end ON proposals (expire_time);
