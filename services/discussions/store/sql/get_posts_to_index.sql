-- Those of some posts, named by id or by number, that stand, wherever they do by now.
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length)
SELECT post.id, post.topic_id, post.number, topic.community_id, post.author_id, post.create_time,
       CASE WHEN post.number = 1 THEN topic.title ELSE '' END, post.markdown, topic.tags,
       topic_traits(topic)
FROM unnest($1, $2, $3) AS wanted(topic_id, id, number)
CROSS JOIN LATERAL (
  SELECT coalesce(moved_post_id, id) AS id FROM posts
  WHERE topic_id = wanted.topic_id AND number = wanted.number
  UNION ALL
  SELECT wanted.id WHERE wanted.id IS NOT NULL
) named
JOIN posts post ON post.id = named.id
JOIN topics topic ON topic.id = post.topic_id AND topic.delete_time IS NULL
WHERE post.delete_time IS NULL
