-- When everyone in a community was called within the last day before its last call, by whatever post:
-- a row per community. Mentions cannot be counted for it: they go with an edit, and come again with the
-- next. Whoever calls holds the row until its call is stored, so that calls at once are counted one
-- after another.
CREATE TABLE community_calls (
  community_id uuid PRIMARY KEY,
  call_times timestamptz[] NOT NULL
);

INSERT INTO community_calls (community_id, call_times)
SELECT community_id, array_agg(mention_time ORDER BY mention_time)
FROM mentions
WHERE kind = 2 AND mention_time > now() - interval '1 day'
GROUP BY community_id;
