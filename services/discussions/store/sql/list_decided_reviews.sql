-- Decided reviews of a community, the latest first, after (time of decision, id) of the flag that
-- opened the review. The title of a topic that has moved is for who reads it where it is. A topic
-- that its author deleted had no posts but its own.
-- $1 community, $2 time and $3 id to go on after, $4 how many
SELECT flag.id, flag.topic_id, flag.post_id,
       CASE WHEN topic.community_id = $1 THEN topic.title ELSE '' END,
       coalesce(post.author_id, topic.author_id),
       flag.outcome, flag.decide_time, flag.decider_id, flag.note
FROM flags flag
JOIN topics topic ON topic.id = flag.topic_id
LEFT JOIN posts post ON post.id = flag.post_id
WHERE flag.community_id = $1 AND (flag.decide_time, flag.id) < ($2, $3)
  AND flag.decide_time IS NOT NULL AND flag.opens_review
ORDER BY flag.decide_time DESC, flag.id DESC
LIMIT $4
