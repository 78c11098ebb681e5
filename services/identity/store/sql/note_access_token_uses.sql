-- Notes when access tokens were last used; never backwards. Ids of sessions are none of them.
-- In order of the ids, so that two processes never wait for each other in a ring.
-- $1 ids, $2 times
WITH used AS (
  SELECT token.id, question.used_time
  FROM unnest($1, $2) AS question(token_id, used_time)
  JOIN access_tokens token ON token.id = question.token_id
  WHERE token.last_used_time IS NULL OR token.last_used_time < question.used_time
  ORDER BY token.id
  FOR UPDATE OF token
)
UPDATE access_tokens SET last_used_time = used.used_time
FROM used
WHERE access_tokens.id = used.id
