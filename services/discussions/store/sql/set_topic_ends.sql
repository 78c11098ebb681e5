-- Stores what locked topics show of their posts.
-- $1 topics, $2 last post numbers, $3 authors and $4 times of the last posts that stand, $5 scores,
-- $6 up to which numbers posts were imported, $7 numbers of the last posts that stand and $8 times
-- of the last places, both null where the last post stands
UPDATE topics
SET last_post_number = ending.number, last_author_id = ending.author_id,
    last_post_time = ending.time, score = ending.score,
    imported_post_number = ending.imported_number,
    last_standing_number = ending.standing_number, last_place_time = ending.place_time
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
  AS ending(topic_id, number, author_id, time, score, imported_number, standing_number, place_time)
WHERE topics.id = ending.topic_id
