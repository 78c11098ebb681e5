-- Stores what a member chooses by name, in place of what it chose before.
-- $1 topic, $2 member, $3 time, $4 numbers of options
INSERT INTO poll_votes (topic_id, member_id, vote_time, options)
VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT one_named_vote_per_member
DO UPDATE SET vote_time = excluded.vote_time, options = excluded.options
