-- Decides about the flags under review of a post of a held topic, or of the whole topic.
-- $1 topic, $2 post or null, $3 outcome, $4 time, $5 decider or null, $6 note
UPDATE flags SET outcome = $3, decide_time = $4, decider_id = $5, note = $6
WHERE topic_id = $1 AND post_id = coalesce($2, post_id) AND decide_time IS NULL
RETURNING id
