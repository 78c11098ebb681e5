-- What was found, as it stands, as far as the caller may read it: in no order. It may have gone
-- into another topic since its words were stored. The beginnings of texts are enough for excerpts.
-- The limits of one row keep the plan to look-ups, however few rows it expects.
-- $1 posts, $2 visible communities, $3 how many characters, $4 the tags and $5 the traits that
-- topics have to have, $6 whether only their first posts, $7 the topics in which they stand (empty:
-- whichever)
SELECT post.id, post.topic_id, post.number, topic.community_id, topic.title, post.author_id,
       post.create_time, left(post.markdown, $3)
FROM unnest($1) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT * FROM posts
  WHERE id = wanted.id AND delete_time IS NULL AND (NOT $6 OR number = 1)
    AND (cardinality($7::uuid[]) = 0 OR topic_id = ANY ($7))
  LIMIT 1
) post
CROSS JOIN LATERAL (
  SELECT community_id, title FROM topics
  WHERE id = post.topic_id AND community_id = ANY ($2) AND delete_time IS NULL
    AND (cardinality($4::text[]) = 0 OR tags @> $4)
    AND (cardinality($5::text[]) = 0 OR topic_traits(topics) @> $5)
  LIMIT 1
) topic
