-- Topics by id, in no order.
-- $1 ids
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags
FROM topics
WHERE id = ANY ($1) AND delete_time IS NULL AND last_post_number > 0
