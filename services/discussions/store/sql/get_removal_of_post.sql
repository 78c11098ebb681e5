-- The removal of a post that stands: where it was decided, and what the post said.
-- $1 post
SELECT id, community_id, markdown FROM removals WHERE post_id = $1 AND restore_time IS NULL
  AND NOT edited AND NOT forgotten
