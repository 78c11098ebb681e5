-- Posts of a topic that may be quoted, while the topic stands in the community: in no order. (One
-- look-up a post, and no condition on many: for that the planner may read all of a long topic.)
-- $1 community, $2 topic, $3 posts
SELECT post.*
FROM unnest($3) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version,
         removed, reply_to_number, reply_count, reaction_counts, quoted_bytes, moderated
  FROM posts
  WHERE id = wanted.id AND topic_id = $2 AND delete_time IS NULL
    AND EXISTS (SELECT FROM topics WHERE id = $2 AND community_id = $1 AND delete_time IS NULL)
  LIMIT 1
) post
