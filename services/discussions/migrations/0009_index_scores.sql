-- The score of a community's topics, pinned or not.
CREATE INDEX topics_by_community_score ON topics (community_id, score DESC, id DESC)
  WHERE delete_time IS NULL AND last_post_number > 0;
