-- Keeps what a locked community was called, the latest names alone; what it is called is no former
-- name. One that differs in case alone is the same.
-- $1 community, $2 former name, $3 name that it gets, $4 when, $5 how many are kept
WITH taken_back AS (
  DELETE FROM former_names WHERE community_id = $1 AND display_key = lower($3)
), forgotten AS (
  DELETE FROM former_names
  WHERE community_id = $1
    AND display_key IN (SELECT display_key
                        FROM (SELECT display_key,
                                     row_number() OVER (ORDER BY end_time DESC, display_key) AS n
                              FROM former_names
                              WHERE community_id = $1
                                AND display_key NOT IN (lower($2), lower($3))) others
                        WHERE n >= $5)
)
INSERT INTO former_names (community_id, display_name, end_time)
SELECT $1, $2, $4 WHERE lower($2) <> lower($3)
ON CONFLICT (community_id, display_key) DO UPDATE
SET display_name = excluded.display_name, end_time = excluded.end_time
