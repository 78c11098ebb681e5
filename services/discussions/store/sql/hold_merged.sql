-- Holds what has gone into a held topic, without waiting: most of it is held already, and what has come
-- since that was looked for stands out of order, where nobody waits.
-- $1 topic
SELECT FROM topics WHERE merged_into_id = $1 FOR NO KEY UPDATE NOWAIT
