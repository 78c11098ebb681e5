-- A post by id or by number, while its topic stands in the community.
-- $1 community, $2 topic, $3 id or null, $4 number or null
SELECT id, topic_id, number, author_id, markdown, create_time, edit_time, delete_time, version,
       removed, reply_to_number, reply_count, reaction_counts, quoted_bytes, moderated
FROM (
  SELECT * FROM posts WHERE topic_id = $2 AND number = $4
  UNION ALL
  SELECT * FROM posts WHERE id = $3 AND topic_id = $2
) post
WHERE EXISTS (SELECT FROM topics
              WHERE id = $2 AND community_id = $1 AND delete_time IS NULL AND last_post_number > 0)
