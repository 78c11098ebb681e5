-- Lists the next members by their words who are not listed by them yet; says how many, and whether
-- there were any when it began. Holds them, so that of two processes the second one waits.
-- $1 how many
WITH due AS MATERIALIZED (
  SELECT id FROM members WHERE NOT words_listed ORDER BY id LIMIT $1 FOR NO KEY UPDATE
), listed AS (
  UPDATE members SET words_listed = true FROM due WHERE members.id = due.id RETURNING 1
)
SELECT (SELECT count(*)::int FROM listed), EXISTS (SELECT FROM members WHERE NOT words_listed)
