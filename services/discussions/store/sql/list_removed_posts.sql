-- The posts of a topic that was removed in a community, and is not back, in order of their numbers:
-- as many as fit, and the one that does not fit any more (see list_posts).
-- $1 community, $2 topic, $3 first number, $4 how many, $5 how many bytes of text and quotes
SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version,
       removed, reply_to_number, reply_count, reaction_counts, quoted_bytes, moderated
FROM (
  SELECT *, sum(octet_length(markdown) + quoted_bytes)
              OVER (ORDER BY number ROWS UNBOUNDED PRECEDING)
              - octet_length(markdown) - quoted_bytes AS bytes_before
  FROM (
    SELECT * FROM posts
    WHERE topic_id = $2 AND number >= $3
      AND EXISTS (SELECT FROM topics WHERE id = $2 AND community_id = $1)
      AND EXISTS (SELECT FROM removals
                  WHERE topic_id = $2 AND post_id IS NULL AND restore_time IS NULL)
    ORDER BY number
    LIMIT $4
  ) page
) post
WHERE bytes_before <= $5
ORDER BY number
