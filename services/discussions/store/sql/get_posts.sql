-- Posts by id or by number that stand in visible communities, in the order asked for, each with its
-- place there, where it stands, and whether it is the one that does not fit any more: then it is the
-- last. (Texts that are left out are not fetched: see list_posts.sql. Topics are looked up by their
-- keys: for a join the planner may read all of the communities.)
-- $1 topics, $2 ids or nulls, $3 numbers or nulls (arrays of the same length), $4 visible
-- communities, $5 how many bytes of text and quotes
SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version,
       removed, reply_to_number, reply_count, reaction_counts, quoted_bytes, moderated,
       place::int, community_id, bytes_before + octet_length(markdown) + quoted_bytes > $5
FROM (
  SELECT post.*, wanted.place, topic.community_id,
         sum(octet_length(post.markdown) + post.quoted_bytes)
           OVER (ORDER BY wanted.place ROWS UNBOUNDED PRECEDING)
           - octet_length(post.markdown) - post.quoted_bytes AS bytes_before
  FROM unnest($1, $2, $3) WITH ORDINALITY AS wanted(topic_id, id, number, place)
  CROSS JOIN LATERAL (
    SELECT community_id FROM topics
    WHERE id = wanted.topic_id AND delete_time IS NULL AND last_post_number > 0
    LIMIT 1
  ) topic
  CROSS JOIN LATERAL (
    SELECT * FROM posts WHERE topic_id = wanted.topic_id AND number = wanted.number
    UNION ALL
    SELECT * FROM posts WHERE id = wanted.id AND topic_id = wanted.topic_id
  ) post
  WHERE topic.community_id = ANY ($4)
) post
WHERE bytes_before <= $5
ORDER BY place
