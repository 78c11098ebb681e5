-- A post of a held topic that its author deleted, or the topic, while it was under review. After
-- hold_topic. Whoever removes something decides, so nothing that was removed is under review.
-- $1 topic, $2 post
SELECT topic.community_id, coalesce(post.author_id, topic.author_id),
       coalesce(post.version, topic.version), coalesce(post.delete_time, topic.delete_time)
FROM topics topic
LEFT JOIN posts post ON post.id = $2 AND post.topic_id = $1
WHERE topic.id = $1 AND coalesce(post.delete_time, topic.delete_time) IS NOT NULL
  AND EXISTS (SELECT FROM flags WHERE topic_id = $1 AND post_id = $2 AND decide_time IS NULL)
