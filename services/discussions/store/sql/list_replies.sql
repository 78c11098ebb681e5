-- The posts of a topic that answer one of them, in order of their numbers, while the topic stands
-- in the community: as many as fit, and the one that does not fit any more (see list_posts).
-- $1 community, $2 topic, $3 number that they answer, $4 first number, $5 how many, $6 how many
-- bytes of text and quotes
SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version,
       removed, reply_to_number, reply_count, reaction_counts, quoted_bytes, moderated
FROM (
  SELECT *, sum(octet_length(markdown) + quoted_bytes)
              OVER (ORDER BY number ROWS UNBOUNDED PRECEDING)
              - octet_length(markdown) - quoted_bytes AS bytes_before
  FROM (
    SELECT * FROM posts
    WHERE topic_id = $2 AND reply_to_number = $3 AND number >= $4
      AND EXISTS (SELECT FROM topics
                  WHERE id = $2 AND community_id = $1 AND delete_time IS NULL
                    AND last_post_number > 0)
    ORDER BY number
    LIMIT $5
  ) page
) post
WHERE bytes_before <= $6
ORDER BY number
