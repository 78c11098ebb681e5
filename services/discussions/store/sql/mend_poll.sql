-- Makes the poll of a locked topic show what was voted, if it does not.
-- $1 topic
UPDATE polls poll
SET voter_count = counted_voters(poll),
    vote_counts = CASE WHEN ballot = 1 THEN named_vote_counts(poll) ELSE vote_counts END
WHERE topic_id = $1
  AND (voter_count <> counted_voters(poll)
       OR ballot = 1 AND vote_counts <> named_vote_counts(poll))
RETURNING true
