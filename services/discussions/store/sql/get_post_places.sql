-- What access decisions need to know of posts that are named by id or by number.
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length)
SELECT wanted.place::int, topic.community_id, post.author_id
FROM unnest($1, $2, $3) WITH ORDINALITY AS wanted(topic_id, id, number, place)
JOIN topics topic ON topic.id = wanted.topic_id
                 AND topic.delete_time IS NULL AND topic.last_post_number > 0
CROSS JOIN LATERAL (
  SELECT author_id FROM posts WHERE topic_id = wanted.topic_id AND number = wanted.number
  UNION ALL
  SELECT author_id FROM posts WHERE id = wanted.id AND topic_id = wanted.topic_id
) post
