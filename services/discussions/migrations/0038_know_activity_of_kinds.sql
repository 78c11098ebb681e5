-- When something was last written into topics of each kind in each community, and into questions
-- while they had no accepted answer, to ten minutes: so a feed of one kind does not look into
-- communities that are busy with others. Null: never. Like community_activity it only ever goes on,
-- and lies beside it because feeds of all kinds read that as a whole.
--
-- Whoever writes into topics is waited for: what it writes is counted below, or by the new one.
LOCK TABLE topics IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE kind_activity (
  community_id uuid PRIMARY KEY,
  discussion_time timestamptz,
  question_time timestamptz,
  announcement_time timestamptz,
  praise_time timestamptz,
  poll_time timestamptz,
  unanswered_time timestamptz
);

-- When something was last written into topics of a kind; of no kind: into unanswered questions.
CREATE FUNCTION active_time(known kind_activity, kind integer)
RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN kind IS NULL THEN known.unanswered_time
              WHEN kind = 1 THEN known.discussion_time WHEN kind = 2 THEN known.question_time
              WHEN kind = 3 THEN known.announcement_time WHEN kind = 4 THEN known.praise_time
              WHEN kind = 5 THEN known.poll_time END
$$;

-- What of a kind, or unanswered, stands in a community is written before this time; null: nothing
-- of it was ever there.
CREATE FUNCTION active_before(known kind_activity, kind integer)
RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT active_time(known, kind) + interval '10 minutes'
$$;

-- As before, and for kinds alike. Communities are taken first, then their kinds, in order of their
-- ids: so no two statements wait for each other.
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

  INSERT INTO kind_activity AS known (community_id, discussion_time, question_time,
                                      announcement_time, praise_time, poll_time, unanswered_time)
  SELECT community_id,
         max(activity_step(last_post_time)) FILTER (WHERE kind = 1),
         max(activity_step(last_post_time)) FILTER (WHERE kind = 2),
         max(activity_step(last_post_time)) FILTER (WHERE kind = 3),
         max(activity_step(last_post_time)) FILTER (WHERE kind = 4),
         max(activity_step(last_post_time)) FILTER (WHERE kind = 5),
         max(activity_step(last_post_time)) FILTER (WHERE kind = 2 AND accepted_post_number IS NULL)
  FROM changed
  WHERE delete_time IS NULL AND last_post_number > 0
    AND NOT EXISTS (SELECT FROM kind_activity newer
                    WHERE newer.community_id = changed.community_id
                      AND active_time(newer, changed.kind) >= activity_step(changed.last_post_time)
                      AND (changed.kind <> 2 OR changed.accepted_post_number IS NOT NULL
                           OR newer.unanswered_time >= activity_step(changed.last_post_time)))
  GROUP BY community_id
  ORDER BY community_id
  ON CONFLICT (community_id) DO UPDATE
    SET discussion_time = greatest(known.discussion_time, excluded.discussion_time),
        question_time = greatest(known.question_time, excluded.question_time),
        announcement_time = greatest(known.announcement_time, excluded.announcement_time),
        praise_time = greatest(known.praise_time, excluded.praise_time),
        poll_time = greatest(known.poll_time, excluded.poll_time),
        unanswered_time = greatest(known.unanswered_time, excluded.unanswered_time);
  RETURN NULL;
END $$;

INSERT INTO kind_activity
SELECT community_id,
       max(activity_step(last_post_time)) FILTER (WHERE kind = 1),
       max(activity_step(last_post_time)) FILTER (WHERE kind = 2),
       max(activity_step(last_post_time)) FILTER (WHERE kind = 3),
       max(activity_step(last_post_time)) FILTER (WHERE kind = 4),
       max(activity_step(last_post_time)) FILTER (WHERE kind = 5),
       max(activity_step(last_post_time)) FILTER (WHERE kind = 2 AND accepted_post_number IS NULL)
FROM topics
WHERE delete_time IS NULL AND last_post_number > 0
GROUP BY community_id;
