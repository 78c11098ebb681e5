-- Where the last posts of a topic went into another one, what came later may stand behind numbers of
-- a later time. Such numbers stand where the next post does that is older, or where the topic ends.
UPDATE posts marker SET place_time = place.time
FROM (
  SELECT post.topic_id, post.number,
         least(topic.last_post_time,
               min(coalesce(post.place_time, post.create_time))
                 OVER (PARTITION BY post.topic_id ORDER BY post.number DESC)) AS time
  FROM posts post
  JOIN topics topic ON topic.id = post.topic_id
  WHERE post.topic_id IN (SELECT topic_id FROM posts WHERE moved_post_id IS NOT NULL)
) place
WHERE marker.topic_id = place.topic_id AND marker.number = place.number
  AND marker.moved_post_id IS NOT NULL AND marker.place_time > place.time;
