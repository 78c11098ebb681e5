-- Creates posts of locked topics.
-- $1 topics, $2 numbers, $3 ids, $4 authors, $5 times, $6 texts
INSERT INTO posts (topic_id, number, id, author_id, create_time, markdown)
SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
