-- Polls: a topic of kind 5 has one.
ALTER TABLE topics
  DROP CONSTRAINT kinds_are_of_a_closed_list,
  ADD CONSTRAINT kinds_are_of_a_closed_list CHECK (kind BETWEEN 1 AND 5);

-- What a poll asks, and how often its options were chosen, all in one row: a row for each option
-- would carry the transaction of whoever chose it last, which is that of its row as a voter. For the
-- same reason no column says when it changed. Of votes that are anonymous this is all that is known.
CREATE TABLE polls (
  topic_id uuid PRIMARY KEY REFERENCES topics ON DELETE CASCADE,
  -- When it takes no more votes by itself; null: somebody closes it.
  close_time timestamptz,
  voter_count integer NOT NULL DEFAULT 0,
  -- Single 1, multiple 2; named 1, anonymous 2; always 1, after voting 2, after closing 3: as in the
  -- contract.
  choice smallint NOT NULL,
  ballot smallint NOT NULL,
  results smallint NOT NULL,
  closed boolean NOT NULL DEFAULT false,
  -- One for each option, in their order.
  vote_counts integer[] NOT NULL,
  options text[] NOT NULL,
  CONSTRAINT choices_are_of_a_closed_list CHECK (choice BETWEEN 1 AND 2),
  CONSTRAINT ballots_are_of_a_closed_list CHECK (ballot BETWEEN 1 AND 2),
  CONSTRAINT results_are_of_a_closed_list CHECK (results BETWEEN 1 AND 3),
  CONSTRAINT anonymous_votes_are_told_after_closing CHECK (ballot = 1 OR results = 3),
  CONSTRAINT a_choice_is_among_two_to_twenty CHECK (cardinality(options) BETWEEN 2 AND 20),
  CONSTRAINT options_have_counts CHECK (cardinality(vote_counts) = cardinality(options)),
  CONSTRAINT vote_counts_are_counts CHECK (voter_count >= 0 AND 0 <= ALL (vote_counts))
) WITH (fillfactor = 50);

-- Named votes: who chose what.
CREATE TABLE poll_votes (
  topic_id uuid NOT NULL REFERENCES polls ON DELETE CASCADE,
  member_id uuid NOT NULL,
  vote_time timestamptz NOT NULL,
  -- Numbers of options, in their order.
  options integer[] NOT NULL,
  CONSTRAINT one_named_vote_per_member PRIMARY KEY (topic_id, member_id),
  CONSTRAINT votes_choose_something CHECK (cardinality(options) > 0)
);

-- Anonymous votes: that somebody has voted, and nothing else.
CREATE TABLE poll_voters (
  topic_id uuid NOT NULL REFERENCES polls ON DELETE CASCADE,
  member_id uuid NOT NULL,
  CONSTRAINT one_anonymous_vote_per_member PRIMARY KEY (topic_id, member_id)
);

-- How often each option of a poll was chosen by name.
CREATE FUNCTION named_vote_counts(poll polls)
RETURNS integer[] LANGUAGE sql STABLE AS $$
  SELECT array(SELECT count(chosen.number)::integer
               FROM generate_series(1, cardinality(poll.options)) asked(number)
               LEFT JOIN (SELECT unnest(options) AS number
                          FROM poll_votes WHERE topic_id = poll.topic_id) chosen USING (number)
               GROUP BY asked.number
               ORDER BY asked.number)
$$;

-- How many members have voted in a poll.
CREATE FUNCTION counted_voters(poll polls)
RETURNS integer LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN poll.ballot = 1
              THEN (SELECT count(*)::integer FROM poll_votes WHERE topic_id = poll.topic_id)
              ELSE (SELECT count(*)::integer FROM poll_voters WHERE topic_id = poll.topic_id) END
$$;
