-- Stores what locked topics show of their posts after an import.
-- $1 topics, $2 last post numbers, $3 their authors, $4 their times, $5 scores, $6 up to which
-- numbers posts were imported
UPDATE topics
SET last_post_number = ending.number, last_author_id = ending.author_id,
    last_post_time = ending.time, score = ending.score,
    imported_post_number = ending.imported_number
FROM unnest($1, $2, $3, $4, $5, $6)
  AS ending(topic_id, number, author_id, time, score, imported_number)
WHERE topics.id = ending.topic_id
