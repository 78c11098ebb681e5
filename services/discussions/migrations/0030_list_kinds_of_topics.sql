-- The topics of a community of one kind, and those that were opened last, pinned or not. A post
-- changes its topic's row and with it every index of it: each of these is one entry more.
CREATE INDEX topics_by_community_kind
  ON topics (community_id, kind, last_post_time DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
CREATE INDEX topics_by_community_newest ON topics (community_id, create_time DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
