-- The posts of a topic in order of their numbers, while the topic stands in the community: as many
-- as fit, and the one that does not fit any more. Texts that are left out are not fetched: what is
-- summed is their length, which stands beside the pointer to a long one.
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
      AND EXISTS (SELECT FROM topics
                  WHERE id = $2 AND community_id = $1 AND delete_time IS NULL
                    AND last_post_number > 0)
    ORDER BY number
    LIMIT $4
  ) page
) post
WHERE bytes_before <= $5
ORDER BY number
