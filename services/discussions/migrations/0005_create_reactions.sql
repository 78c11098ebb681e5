-- Answers to posts, and reactions. How many there are stands in the post: lists neither join nor
-- count.
ALTER TABLE posts
  -- Null: it answers the topic.
  ADD COLUMN reply_to_number integer,
  ADD COLUMN reply_count integer NOT NULL DEFAULT 0,
  -- By kind from 1 on, up to the last that somebody has; null: nobody reacts.
  ADD COLUMN reaction_counts integer[],
  ADD CONSTRAINT posts_answer_earlier_ones CHECK (reply_to_number BETWEEN 1 AND number - 1),
  ADD CONSTRAINT reply_counts_are_counts CHECK (reply_count >= 0);

CREATE INDEX posts_by_reply_to ON posts (topic_id, reply_to_number, number)
  WHERE reply_to_number IS NOT NULL;

-- Who reacts to which post, and how. The key finds those of a member to a post, and all of a post.
-- They go with their post.
CREATE TABLE reactions (
  post_id uuid NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
  member_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  kind smallint NOT NULL,
  CONSTRAINT one_reaction_per_member_and_kind PRIMARY KEY (post_id, member_id, kind),
  CONSTRAINT reactions_are_of_a_closed_list CHECK (kind BETWEEN 1 AND 6)
);
