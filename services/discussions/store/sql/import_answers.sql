-- Stores which posts are the answers to locked questions that had none.
-- $1 topics, $2 numbers, $3 versions of the topics
UPDATE topics SET accepted_post_number = answer.number, version = answer.version
FROM unnest($1, $2, $3) AS answer(topic_id, number, version)
WHERE topics.id = answer.topic_id
