-- What access decisions need to know of posts that are named by id or by number. The posts of a
-- deleted topic are gone, and were its author's: nobody deletes a topic in which others posted.
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length)
SELECT wanted.place::int, topic.community_id, coalesce(post.author_id, topic.author_id),
       topic.delete_time IS NOT NULL
FROM unnest($1, $2, $3) WITH ORDINALITY AS wanted(topic_id, id, number, place)
JOIN topics topic ON topic.id = wanted.topic_id AND topic.last_post_number > 0
LEFT JOIN LATERAL (
  SELECT author_id FROM posts WHERE topic_id = wanted.topic_id AND number = wanted.number
  UNION ALL
  SELECT author_id FROM posts WHERE id = wanted.id AND topic_id = wanted.topic_id
) post ON true
WHERE post.author_id IS NOT NULL OR topic.delete_time IS NOT NULL
