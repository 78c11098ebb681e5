-- Which posts have these numbers.
-- $1 topics, $2 numbers (arrays of the same length)
SELECT topic_id, number, id
FROM posts JOIN unnest($1, $2) AS wanted(topic_id, number) USING (topic_id, number)
