-- Stores which posts are the answers to locked questions that had none.
-- $1 topics, $2 numbers
UPDATE topics SET accepted_post_number = answer.number
FROM unnest($1, $2) AS answer(topic_id, number)
WHERE topics.id = answer.topic_id
