-- Topics that an import fills, deleted ones and those without posts included, held in order of
-- their ids until the end of the transaction.
-- $1 topics
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags, imported_post_number,
       last_standing_number, last_place_time, delete_time IS NOT NULL, imported_mark
FROM topics
WHERE id = ANY ($1)
ORDER BY id
FOR NO KEY UPDATE
