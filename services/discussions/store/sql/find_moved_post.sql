-- Where a post stands now that had this name, by id or by number, in another topic or at another
-- place of the same.
-- $1 topic, $2 id or null, $3 number or null
SELECT moved.topic_id, moved.id
FROM (
  SELECT moved_post_id FROM posts WHERE topic_id = $1 AND number = $3
  UNION ALL
  SELECT moved_post_id FROM posts WHERE id = $2 AND topic_id = $1
  UNION ALL
  SELECT moved_post_id FROM posts WHERE moved_post_id = $2 AND topic_id = $1
) marker
JOIN posts moved ON moved.id = marker.moved_post_id
LIMIT 1
