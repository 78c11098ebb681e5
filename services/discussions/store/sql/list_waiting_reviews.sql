-- Posts of many communities with flags under review, the one that waits longest first, after
-- (time, id) of the flag that opened the review. A page reaches at most into as many communities as
-- it has posts, those whose first waits longest; what came after the last of these is not on it, if
-- there are that many.
-- $1 communities, $2 time and $3 id to go on after, $4 how many
WITH heads AS MATERIALIZED (
  SELECT community.id, head.create_time
  FROM unnest($1) AS community(id)
  CROSS JOIN LATERAL (
    SELECT create_time, id
    FROM flags
    WHERE community_id = community.id AND (create_time, id) > ($2, $3)
      AND decide_time IS NULL AND opens_review
    ORDER BY create_time, id
    LIMIT 1
  ) head
  ORDER BY head.create_time, head.id
  LIMIT $4
), waiting AS MATERIALIZED (
  SELECT flag.id, flag.create_time, flag.community_id, flag.topic_id, flag.post_id
  FROM heads
  CROSS JOIN LATERAL (
    SELECT id, create_time, community_id, topic_id, post_id
    FROM flags
    WHERE community_id = heads.id AND (create_time, id) > ($2, $3)
      AND create_time <= (SELECT CASE WHEN count(*) < $4 THEN 'infinity'
                                      ELSE max(create_time) END FROM heads)
      AND decide_time IS NULL AND opens_review
    ORDER BY create_time, id
    LIMIT $4
  ) flag
  ORDER BY flag.create_time, flag.id
  LIMIT $4
)
SELECT flag.id, flag.create_time, flag.topic_id, flag.post_id, topic.title,
       coalesce(post.author_id, topic.author_id), coalesce(post.markdown, ''),
       coalesce(post.version, topic.version), flag.community_id,
       coalesce(post.delete_time, topic.delete_time)
FROM waiting flag
JOIN topics topic ON topic.id = flag.topic_id
LEFT JOIN posts post ON post.id = flag.post_id
ORDER BY flag.create_time, flag.id
