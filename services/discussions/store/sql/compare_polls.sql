-- The next polls after a topic, and whether each shows what was voted: in one snapshot, so that a
-- difference is a fault. Without a lock. What was chosen anonymously stands nowhere else.
-- $1 topic to go on after, $2 how many
SELECT topic_id,
       voter_count = counted_voters(poll)
         AND (ballot = 2 OR vote_counts = named_vote_counts(poll))
FROM polls poll
WHERE topic_id > $1
ORDER BY topic_id
LIMIT $2
