-- Topics by id, in no order, deleted ones included: where they stood is told to who may read there.
-- $1 ids
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags, delete_time IS NOT NULL
FROM topics
WHERE id = ANY ($1) AND last_post_number > 0
