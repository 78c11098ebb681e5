-- When something was last written in each community, to ten minutes: so a busy community's row is
-- written six times an hour, and those who post at the same time do not wait for each other. It only
-- ever goes on: what was written there was, also if it has been deleted or moved since.
CREATE TABLE community_activity (
  community_id uuid PRIMARY KEY,
  active_time timestamptz NOT NULL
);

CREATE INDEX communities_latest_active ON community_activity (active_time DESC, community_id DESC);

CREATE FUNCTION activity_step(written timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT date_bin('10 minutes', written, timestamptz 'epoch')
$$;

-- Follows topics in the statement that changes them: whoever opens, moves, imports or posts into one
-- cannot forget it. A look-up where there is nothing to store, without a lock; communities are
-- taken in order of their ids, so that no two statements wait for each other.
CREATE FUNCTION note_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO community_activity AS known (community_id, active_time)
  SELECT community_id, max(activity_step(last_post_time))
  FROM changed
  WHERE delete_time IS NULL AND last_post_number > 0
    AND NOT EXISTS (SELECT FROM community_activity newer
                    WHERE newer.community_id = changed.community_id
                      AND newer.active_time >= activity_step(changed.last_post_time))
  GROUP BY community_id
  ORDER BY community_id
  ON CONFLICT (community_id) DO UPDATE SET active_time = excluded.active_time
  WHERE known.active_time < excluded.active_time;
  RETURN NULL;
END $$;

CREATE TRIGGER note_activity_of_new_topics AFTER INSERT ON topics
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_activity();
CREATE TRIGGER note_activity_of_changed_topics AFTER UPDATE ON topics
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_activity();

INSERT INTO community_activity (community_id, active_time)
SELECT community_id, max(activity_step(last_post_time))
FROM topics
WHERE delete_time IS NULL AND last_post_number > 0
GROUP BY community_id;
