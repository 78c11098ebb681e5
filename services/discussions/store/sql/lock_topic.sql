-- A topic, held until the end of the transaction. After a wait the locked row is read anew, but
-- everything else in the statement is seen as it was before: so it reads this row only.
-- $1 topic
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags, imported_post_number,
       last_standing_number, last_place_time
FROM topics
WHERE id = $1 AND delete_time IS NULL AND last_post_number > 0
FOR NO KEY UPDATE
