-- What was decided in a community, the latest first, by the flag that opened each review; and the
-- flags that were decided with it.
CREATE INDEX decided_reviews_by_community ON flags (community_id, decide_time DESC, id DESC)
  WHERE decide_time IS NOT NULL AND opens_review;
CREATE INDEX flags_by_decision ON flags (post_id, decide_time, create_time, id)
  WHERE decide_time IS NOT NULL;
