-- Where topics stand and whose they are, deleted ones included: a deletion that is repeated is let
-- in and gets its first answer again. Whoever reads or writes finds the deletion itself.
-- $1 ids
SELECT id, community_id, author_id
FROM topics
WHERE id = ANY ($1) AND last_post_number > 0
