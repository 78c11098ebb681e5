-- Holds a batch of topics, in order of their ids, until the end of the transaction.
-- $1 id to go on after, $2 how many
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags, imported_post_number,
       last_standing_number, last_place_time
FROM topics
WHERE id > $1 AND delete_time IS NULL
ORDER BY id
LIMIT $2
FOR NO KEY UPDATE
