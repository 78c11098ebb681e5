-- What was found, as it stands, as far as the caller may read it: in no order. The beginnings of texts
-- are enough for excerpts.
-- $1 topics, $2 posts (arrays of the same length), $3 visible communities, $4 how many characters
SELECT post.id, post.topic_id, post.number, topic.community_id, topic.title, post.author_id,
       post.create_time, left(post.markdown, $4)
FROM unnest($1, $2) AS wanted(topic_id, id)
JOIN topics topic ON topic.id = wanted.topic_id AND topic.community_id = ANY ($3)
                 AND topic.delete_time IS NULL
JOIN posts post ON post.id = wanted.id AND post.topic_id = wanted.topic_id
               AND post.delete_time IS NULL
