-- Conversations. A topic's row alone holds its community, so that moving a topic is one UPDATE, and
-- what lists show, so that no list joins or counts. Fixed-width columns come first: no padding.
CREATE TABLE topics (
  id uuid PRIMARY KEY,
  community_id uuid NOT NULL,
  author_id uuid NOT NULL,
  last_author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  last_post_time timestamptz NOT NULL,
  delete_time timestamptz,
  -- log2(1 + posts) + last_post_time / tau: changes with posts, never with time (domain/score.h).
  score double precision NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  -- Also how many posts there are; 0 while an import has not brought any: not visible yet.
  last_post_number integer NOT NULL,
  -- Up to here posts were imported, and count as read by everybody.
  imported_post_number integer NOT NULL DEFAULT 0,
  title text NOT NULL,
  CONSTRAINT imported_posts_are_posts
    CHECK (imported_post_number BETWEEN 0 AND last_post_number)
) WITH (fillfactor = 85);

CREATE INDEX topics_by_community_latest ON topics (community_id, last_post_time DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
CREATE INDEX topics_by_community_score ON topics (community_id, score DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
