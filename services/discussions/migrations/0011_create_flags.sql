-- What readers say of posts that somebody should look at, and what came of it. The undecided flags
-- of a post make up its review. They outlive their post: those who flagged are told.
CREATE TABLE flags (
  id uuid PRIMARY KEY,
  -- Where the post stands, and stood when it was decided.
  community_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  post_id uuid NOT NULL,
  member_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  -- Null: under review.
  decide_time timestamptz,
  -- Null: nobody; the author deleted it.
  decider_id uuid,
  kind smallint NOT NULL,
  outcome smallint,
  -- Began a review: the queue holds those, one a post.
  opens_review boolean NOT NULL,
  text text NOT NULL,
  note text NOT NULL DEFAULT '',
  CONSTRAINT flags_are_of_a_closed_list CHECK (kind BETWEEN 1 AND 5),
  CONSTRAINT outcomes_are_of_a_closed_list CHECK (outcome BETWEEN 1 AND 3),
  CONSTRAINT decided_flags_have_an_outcome CHECK ((outcome IS NULL) = (decide_time IS NULL))
);

CREATE INDEX flags_by_post_and_member ON flags (post_id, member_id);
CREATE INDEX flags_by_member_newest ON flags (member_id, create_time DESC, id DESC);
CREATE INDEX flags_under_review_by_member ON flags (member_id) WHERE decide_time IS NULL;
CREATE INDEX flags_under_review_by_post ON flags (topic_id, post_id, create_time, id)
  WHERE decide_time IS NULL;
CREATE INDEX reviews_by_community ON flags (community_id, create_time, id)
  WHERE decide_time IS NULL AND opens_review;
