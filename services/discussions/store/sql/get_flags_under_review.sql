-- The first flags under review of posts in some communities, oldest first: one range of an index a
-- post.
-- $1 communities, $2 topics, $3 posts (arrays of the same length), $4 how many a post
SELECT shown.id, shown.community_id, shown.topic_id, shown.post_id, shown.member_id, shown.kind,
       shown.text, shown.create_time, shown.outcome, shown.decide_time, shown.decider_id, shown.note
FROM unnest($2, $3) WITH ORDINALITY AS wanted(topic_id, post_id, place)
CROSS JOIN LATERAL (
  SELECT * FROM flags
  WHERE topic_id = wanted.topic_id AND post_id = wanted.post_id AND decide_time IS NULL
    AND community_id = ANY ($1)
  ORDER BY create_time, id
  LIMIT $4
) shown
ORDER BY wanted.place, shown.create_time, shown.id
