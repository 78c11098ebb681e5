-- Stores what a post of a held topic quotes of others that stand there as they were read; says how
-- many of them do.
-- $1 topic, $2 post, $3 sources, $4 their versions, $5 texts (arrays of the same length), $6 how many
-- bytes these have
WITH counted AS (
  UPDATE posts SET quoted_bytes = $6 WHERE id = $2
), stored AS (
  INSERT INTO quotes (post_id, source_id, place, text)
  SELECT $2, source.id, asked.place, asked.text
  FROM unnest($3, $4, $5) WITH ORDINALITY AS asked(source_id, version, text, place)
  JOIN posts source ON source.id = asked.source_id AND source.topic_id = $1
                   AND source.version = asked.version AND source.delete_time IS NULL
  RETURNING place
)
SELECT count(*)::integer FROM stored
