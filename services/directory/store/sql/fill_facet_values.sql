-- Lists what the next members have that is not listed yet, and says how many they were and who was
-- the last of them. Holds them, so that nobody changes what they have meanwhile.
-- $1 id to go on after, $2 how many
WITH held AS MATERIALIZED (
  SELECT id, location, skills, interests, projects, suspended
  FROM members WHERE id > $1 ORDER BY id LIMIT $2 FOR NO KEY UPDATE
), filled AS (
  INSERT INTO facet_values (facet, value_key, member_id, value)
  SELECT has.facet, has.value_key, held.id, has.value
  FROM held, facet_values_of(location, skills, interests, projects) has
  WHERE NOT suspended
  ON CONFLICT DO NOTHING
)
SELECT (SELECT count(*)::int FROM held), (SELECT id FROM held ORDER BY id DESC LIMIT 1)
