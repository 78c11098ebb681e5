-- The numbers behind the last post of a held topic, whose posts have gone, stand where that does: what
-- comes next may be as old as that, and order by number stays order by the time of the place.
-- $1 topic, $2 time of the last post's place
UPDATE posts SET place_time = $2
WHERE topic_id = $1 AND place_time > $2
  AND number > (SELECT number FROM posts WHERE topic_id = $1 AND version > 0
                ORDER BY number DESC LIMIT 1)
