-- How high a score topics have reached in each community, to a sixteenth: with when something was
-- last written there it tells into which communities a page of a feed cannot reach, so that their
-- topics need not be looked at. Like that it only ever goes on, also if the topic has gone since. A
-- sixteenth is what 21 hours weigh: for a topic of 23 posts, one more.
--
-- Whoever writes into topics is waited for: what it writes is counted below, or by the new function.
LOCK TABLE topics IN SHARE ROW EXCLUSIVE MODE;

ALTER TABLE community_activity
  ADD COLUMN top_score double precision NOT NULL DEFAULT '-infinity';

CREATE FUNCTION score_step(score double precision)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
  SELECT floor(score * 16) / 16
$$;

-- What stands in a community is written before this time, and its score is below this one.
CREATE FUNCTION active_before(known community_activity)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT known.active_time + interval '10 minutes'
$$;
CREATE FUNCTION scores_below(known community_activity)
RETURNS double precision LANGUAGE sql IMMUTABLE AS $$
  SELECT known.top_score + 1.0::double precision / 16
$$;

-- As before, and for scores alike.
CREATE OR REPLACE FUNCTION note_activity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO community_activity AS known (community_id, active_time, top_score)
  SELECT community_id, max(activity_step(last_post_time)), max(score_step(score))
  FROM changed
  WHERE delete_time IS NULL AND last_post_number > 0
    AND NOT EXISTS (SELECT FROM community_activity newer
                    WHERE newer.community_id = changed.community_id
                      AND newer.active_time >= activity_step(changed.last_post_time)
                      AND newer.top_score >= score_step(changed.score))
  GROUP BY community_id
  ORDER BY community_id
  ON CONFLICT (community_id) DO UPDATE
    SET active_time = greatest(known.active_time, excluded.active_time),
        top_score = greatest(known.top_score, excluded.top_score)
  WHERE known.active_time < excluded.active_time OR known.top_score < excluded.top_score;
  RETURN NULL;
END $$;

UPDATE community_activity known
SET top_score = highest.score
FROM (SELECT community_id, max(score_step(score)) AS score
      FROM topics
      WHERE delete_time IS NULL AND last_post_number > 0
      GROUP BY community_id) highest
WHERE known.community_id = highest.community_id;
