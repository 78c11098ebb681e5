-- Bookmarks a post that stands in a topic of the community, if the member has room for one more, and
-- says whether it had, since when it is there, and what a bookmark shows; no row where the post has
-- gone.
-- $1 member, $2 community, $3 topic, $4 post, $5 time, $6 how many a member may have
WITH place AS (
  SELECT post.id, post.number, topic.title, post.author_id
  FROM posts post
  JOIN topics topic ON topic.id = post.topic_id
  WHERE post.id = $4 AND post.topic_id = $3 AND post.delete_time IS NULL
    AND topic.community_id = $2 AND topic.delete_time IS NULL
), room AS (
  SELECT count(*) < $6 OR bool_or(post_id = $4) AS is_left FROM bookmarks WHERE member_id = $1
), stored AS (
  INSERT INTO bookmarks (member_id, post_id, create_time)
  SELECT $1, place.id, $5 FROM place, room WHERE room.is_left
  ON CONFLICT DO NOTHING
)
SELECT room.is_left,
       coalesce((SELECT create_time FROM bookmarks WHERE member_id = $1 AND post_id = $4), $5),
       place.number, place.title, place.author_id
FROM place, room
