-- Stores how a poll of a locked topic stands.
-- $1 topic, $2 how many have voted, $3 how often each option was chosen, $4 whether it was closed,
-- $5 by whom, or null
UPDATE polls SET voter_count = $2, vote_counts = $3, closed = $4, closer_id = $5 WHERE topic_id = $1
