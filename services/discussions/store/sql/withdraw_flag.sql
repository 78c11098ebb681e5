-- Takes a member's flag under review of a post of a held topic away; where it opened the review, the
-- oldest of the others does so now.
-- $1 topic, $2 post, $3 member
WITH withdrawn AS (
  DELETE FROM flags
  WHERE topic_id = $1 AND post_id = $2 AND member_id = $3 AND decide_time IS NULL
  RETURNING opens_review
)
UPDATE flags SET opens_review = true
WHERE id = (SELECT id FROM flags
            WHERE topic_id = $1 AND post_id = $2 AND member_id <> $3 AND decide_time IS NULL
            ORDER BY create_time, id
            LIMIT 1)
  AND EXISTS (SELECT FROM withdrawn WHERE opens_review)
