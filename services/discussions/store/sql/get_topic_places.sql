-- Where topics stand, whose they are, and whether they are deleted.
-- $1 ids
SELECT id, community_id, author_id, delete_time IS NOT NULL
FROM topics
WHERE id = ANY ($1) AND last_post_number > 0
