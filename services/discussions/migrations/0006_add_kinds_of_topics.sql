-- What topics are for: discussion 1, question 2, announcement 3, praise 4, as in the contract.
ALTER TABLE topics
  ADD COLUMN kind smallint NOT NULL DEFAULT 1,
  -- Of a question: the post that is its answer; null: it has none.
  ADD COLUMN accepted_post_number integer,
  -- Of a praise: whom it praises.
  ADD COLUMN praised_ids uuid[],
  ADD CONSTRAINT kinds_are_of_a_closed_list CHECK (kind BETWEEN 1 AND 4),
  ADD CONSTRAINT questions_have_answers
    CHECK (accepted_post_number IS NULL
           OR kind = 2 AND accepted_post_number > 1),
  ADD CONSTRAINT praise_is_for_somebody
    CHECK ((kind = 4) = (praised_ids IS NOT NULL));

CREATE INDEX topics_by_community_unanswered ON topics (community_id, last_post_time DESC, id DESC)
  WHERE kind = 2 AND accepted_post_number IS NULL
    AND delete_time IS NULL AND last_post_number > 0;
