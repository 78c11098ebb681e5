-- What moderators do with topics and posts. Pinned topics come first in both lists, so both indexes
-- begin with it.
ALTER TABLE topics
  ADD COLUMN pinned boolean NOT NULL DEFAULT false,
  -- Who closed it: null while it takes posts.
  ADD COLUMN closer_id uuid;

CREATE INDEX topics_by_community_pinned_latest
  ON topics (community_id, pinned DESC, last_post_time DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
CREATE INDEX topics_by_community_pinned_score
  ON topics (community_id, pinned DESC, score DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
DROP INDEX topics_by_community_latest;
DROP INDEX topics_by_community_score;

ALTER TABLE posts
  -- Deleted by who keeps order, and not by its author.
  ADD COLUMN removed boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT removed_posts_are_deleted CHECK (NOT removed OR delete_time IS NOT NULL);

-- What was deleted for a reason, by somebody who keeps order: for those who do, and for its author.
-- A removal stays with the community in which it was decided, wherever its topic moves.
CREATE TABLE removals (
  id uuid PRIMARY KEY,
  community_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  -- Null: the whole topic.
  post_id uuid,
  author_id uuid NOT NULL,
  remover_id uuid NOT NULL,
  remove_time timestamptz NOT NULL,
  title text NOT NULL,
  -- The post, or the topic's first one.
  markdown text NOT NULL,
  reason text NOT NULL
);

CREATE INDEX removals_by_community_newest ON removals (community_id, remove_time DESC, id DESC);
CREATE INDEX removals_by_author_newest ON removals (author_id, remove_time DESC, id DESC);
