-- Takes a member's flag under review of a post away; where it opened the review, the oldest of the
-- others does so now.
-- $1 post, $2 member
WITH withdrawn AS (
  DELETE FROM flags
  WHERE post_id = $1 AND member_id = $2 AND decide_time IS NULL
  RETURNING opens_review
)
UPDATE flags SET opens_review = true
WHERE id = (SELECT id FROM flags
            WHERE post_id = $1 AND member_id <> $2 AND decide_time IS NULL
            ORDER BY create_time, id
            LIMIT 1)
  AND EXISTS (SELECT FROM withdrawn WHERE opens_review)
