-- How closely members follow topics and communities: muted 1, normally 2, watching 3, as in the
-- contract; no row where nothing was chosen. Without foreign keys: rows of what is gone are never
-- looked at.
CREATE TABLE topic_follows (
  member_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  update_time timestamptz NOT NULL,
  level smallint NOT NULL,
  PRIMARY KEY (member_id, topic_id),
  CONSTRAINT topic_levels_are_of_a_closed_list CHECK (level BETWEEN 1 AND 3)
);

CREATE INDEX topic_follows_by_level_newest
  ON topic_follows (member_id, level, update_time DESC, topic_id DESC);

CREATE TABLE community_follows (
  member_id uuid NOT NULL,
  community_id uuid NOT NULL,
  level smallint NOT NULL,
  PRIMARY KEY (member_id, community_id),
  CONSTRAINT community_levels_are_of_a_closed_list CHECK (level BETWEEN 1 AND 3)
);
