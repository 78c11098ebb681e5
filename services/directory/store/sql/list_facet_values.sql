-- The values of a facet that begin with what is asked, each once, by alphabet, after a key; spelled
-- as by the member of the lowest id who has it. From one value to the next the index is gone down
-- anew: of a thousand who have the same, one is read.
-- $1 facet, $2 beginning, $3 key to go on after, $4 how many
WITH RECURSIVE asked AS MATERIALIZED (
  SELECT search_key($2) COLLATE "C" AS key
), listed AS (
  SELECT first.*, 1 AS place
  FROM (SELECT value_key, value FROM facet_values
        WHERE facet = $1 AND value_key >= (SELECT key FROM asked) AND value_key > $3
        ORDER BY value_key, member_id LIMIT 1) first
  WHERE starts_with(first.value_key, (SELECT key FROM asked))
  UNION ALL
  SELECT next.*, listed.place + 1
  FROM listed, LATERAL (SELECT value_key, value FROM facet_values
                        WHERE facet = $1 AND value_key > listed.value_key
                        ORDER BY value_key, member_id LIMIT 1) next
  WHERE listed.place < $4 AND starts_with(next.value_key, (SELECT key FROM asked))
)
SELECT value_key, value FROM listed ORDER BY value_key
