-- What was found, as it stands, as far as the caller may read it: in no order. The beginnings of texts
-- are enough for excerpts. The limits of one row keep the plan to look-ups, however few rows it
-- expects.
-- $1 topics, $2 posts (arrays of the same length), $3 visible communities, $4 how many characters, $5 the
-- tags that topics have to have
SELECT post.id, post.topic_id, post.number, topic.community_id, topic.title, post.author_id,
       post.create_time, left(post.markdown, $4)
FROM unnest($1, $2) AS wanted(topic_id, id)
CROSS JOIN LATERAL (
  SELECT community_id, title FROM topics
  WHERE id = wanted.topic_id AND community_id = ANY ($3) AND delete_time IS NULL
    AND (cardinality($5::text[]) = 0 OR tags @> $5)
  LIMIT 1
) topic
CROSS JOIN LATERAL (
  SELECT * FROM posts
  WHERE id = wanted.id AND topic_id = wanted.topic_id AND delete_time IS NULL
  LIMIT 1
) post
