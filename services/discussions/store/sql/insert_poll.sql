-- Stores the poll of a topic that is opened.
-- $1 topic, $2 close time or null, $3 choice, $4 ballot, $5 results, $6 counts of nothing, $7 options
INSERT INTO polls (topic_id, close_time, choice, ballot, results, vote_counts, options)
VALUES ($1, $2, $3, $4, $5, $6, $7)
