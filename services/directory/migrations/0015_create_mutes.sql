-- Who writes nothing in a community and everything below it. By member first, as bans are.
CREATE TABLE mutes (
  member_id uuid NOT NULL REFERENCES members,
  community_id uuid NOT NULL REFERENCES communities,
  reason text NOT NULL DEFAULT '',
  creator_id uuid NOT NULL REFERENCES members,
  create_time timestamptz NOT NULL,
  expire_time timestamptz,
  PRIMARY KEY (member_id, community_id),
  CONSTRAINT a_mute_ends_after_it_began CHECK (expire_time > create_time)
);

CREATE INDEX mutes_newest_first ON mutes (community_id, create_time DESC, member_id);
CREATE INDEX mutes_by_end ON mutes (expire_time) WHERE expire_time IS NOT NULL;
