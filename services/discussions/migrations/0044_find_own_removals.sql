-- What became of one post or topic of a member's own, newest first. A post goes by its id, in
-- whatever topic it stood.
CREATE INDEX removals_by_author_and_resource_newest
  ON removals (author_id, coalesce(post_id, topic_id), remove_time DESC, id DESC);
