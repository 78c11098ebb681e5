-- What access decisions need to know of posts that are named by id or by number. What went into
-- another topic stands where it is now, also by the names that it had. The posts of a deleted topic
-- are gone, and were its author's: nobody deletes a topic in which others posted.
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length)
SELECT wanted.place::int, topic.community_id,
       coalesce(moved.author_id, post.author_id, topic.author_id), topic.delete_time IS NOT NULL
FROM unnest($1, $2, $3) WITH ORDINALITY AS wanted(topic_id, id, number, place)
LEFT JOIN LATERAL (
  SELECT author_id, moved_post_id FROM posts
  WHERE topic_id = wanted.topic_id AND number = wanted.number
  UNION ALL
  SELECT author_id, moved_post_id FROM posts WHERE id = wanted.id AND topic_id = wanted.topic_id
) post ON true
LEFT JOIN LATERAL (
  SELECT moved_post_id FROM posts
  WHERE post.author_id IS NULL AND moved_post_id = wanted.id AND topic_id = wanted.topic_id
  LIMIT 1
) marker ON true
LEFT JOIN posts moved ON moved.id = coalesce(post.moved_post_id, marker.moved_post_id)
JOIN topics topic ON topic.id = coalesce(moved.topic_id, wanted.topic_id)
                 AND topic.last_post_number > 0
WHERE coalesce(moved.author_id, post.author_id) IS NOT NULL OR topic.delete_time IS NOT NULL
