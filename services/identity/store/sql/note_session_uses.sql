-- Notes when sessions were last used; never backwards.
-- In order of the ids, so that two processes never wait for each other in a ring.
-- $1 sessions, $2 times
WITH used AS (
  SELECT session.id, question.used_time
  FROM unnest($1, $2) AS question(session_id, used_time)
  JOIN sessions session ON session.id = question.session_id
  WHERE session.last_used_time < question.used_time
  ORDER BY session.id
  FOR UPDATE OF session
)
UPDATE sessions SET last_used_time = used.used_time
FROM used
WHERE sessions.id = used.id
