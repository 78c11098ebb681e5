-- The first flags of posts in a community that were decided at some time, oldest first: one range
-- of an index a post.
-- $1 community, $2 posts, $3 times (arrays of the same length), $4 how many a post
SELECT shown.id, shown.community_id, shown.topic_id, shown.post_id, shown.member_id, shown.kind,
       shown.text, shown.create_time, shown.outcome, shown.decide_time, shown.decider_id, shown.note
FROM unnest($2, $3) WITH ORDINALITY AS wanted(post_id, decide_time, place)
CROSS JOIN LATERAL (
  SELECT * FROM flags
  WHERE post_id = wanted.post_id AND decide_time = wanted.decide_time AND community_id = $1
  ORDER BY create_time, id
  LIMIT $4
) shown
ORDER BY wanted.place, shown.create_time, shown.id
