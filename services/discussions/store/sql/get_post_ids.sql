-- Which posts have these numbers, or had them before they went into another topic.
-- $1 topics, $2 numbers (arrays of the same length)
SELECT topic_id, number, coalesce(moved_post_id, id)
FROM posts JOIN unnest($1, $2) AS wanted(topic_id, number) USING (topic_id, number)
