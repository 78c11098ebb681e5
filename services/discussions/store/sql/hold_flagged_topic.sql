-- Holds a topic of which a member has a post's flag under review; whoever has none waits for nobody,
-- and so learns nothing of the topic.
-- $1 topic, $2 post, $3 member
SELECT FROM topics
WHERE id = $1
  AND EXISTS (SELECT FROM flags
              WHERE topic_id = $1 AND post_id = $2 AND member_id = $3 AND decide_time IS NULL)
FOR NO KEY UPDATE
