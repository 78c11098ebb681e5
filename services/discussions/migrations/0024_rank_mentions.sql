-- Where posts mention a member: one row per community, so that they are listed without a look at each
-- mention. It stays when the last mention there goes: then there is nothing to list.
CREATE TABLE mention_places (
  member_id uuid NOT NULL,
  community_id uuid NOT NULL,
  PRIMARY KEY (member_id, community_id)
);

-- When groups of a community were mentioned last, or later than that, since mentions go; null: they
-- never were. One narrow row per community: who belongs to many reads all of them in fewer pages than
-- those of its own.
CREATE TABLE group_mentions (
  community_id uuid PRIMARY KEY,
  everyone_time timestamptz,
  moderators_time timestamptz
) WITH (fillfactor = 90);

-- What mentions a member, wherever that stands.
CREATE INDEX mentions_of_member_latest ON mentions (member_id, mention_time DESC, post_id DESC)
  INCLUDE (community_id) WHERE member_id IS NOT NULL;

-- Both follow mentions in the statement that stores or moves them, and never go back. Rows are taken in
-- the order of their keys.
CREATE FUNCTION follow_mentions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO mention_places (member_id, community_id)
  SELECT DISTINCT member_id, community_id FROM changed WHERE member_id IS NOT NULL
  ORDER BY member_id, community_id
  ON CONFLICT DO NOTHING;

  INSERT INTO group_mentions AS known (community_id, everyone_time, moderators_time)
  SELECT community_id, everyone_time, moderators_time
  FROM (SELECT community_id, max(mention_time) FILTER (WHERE kind = 2) AS everyone_time,
               max(mention_time) FILTER (WHERE kind = 3) AS moderators_time
        FROM changed
        WHERE member_id IS NULL
        GROUP BY community_id) told
  -- What is known is not locked: posts that are carried tell of their old mentions again.
  WHERE NOT EXISTS (
    SELECT FROM group_mentions newer
    WHERE newer.community_id = told.community_id
      AND (told.everyone_time IS NULL OR newer.everyone_time >= told.everyone_time)
      AND (told.moderators_time IS NULL OR newer.moderators_time >= told.moderators_time))
  ORDER BY community_id
  ON CONFLICT (community_id) DO UPDATE
    SET everyone_time = greatest(known.everyone_time, excluded.everyone_time),
        moderators_time = greatest(known.moderators_time, excluded.moderators_time);
  RETURN NULL;
END $$;

CREATE TRIGGER follow_new_mentions AFTER INSERT ON mentions
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_mentions();
CREATE TRIGGER follow_moved_mentions AFTER UPDATE ON mentions
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION follow_mentions();

INSERT INTO mention_places (member_id, community_id)
SELECT DISTINCT member_id, community_id FROM mentions WHERE member_id IS NOT NULL;
INSERT INTO group_mentions (community_id, everyone_time, moderators_time)
SELECT community_id, max(mention_time) FILTER (WHERE kind = 2),
       max(mention_time) FILTER (WHERE kind = 3)
FROM mentions
WHERE member_id IS NULL
GROUP BY community_id;
