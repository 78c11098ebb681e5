-- How a member reacts to posts that stand in visible communities: one range of the key a post.
-- $1 member, $2 topics, $3 posts (arrays of the same length), $4 visible communities
SELECT wanted.post_id, own.kind
FROM unnest($2, $3) AS wanted(topic_id, post_id)
CROSS JOIN LATERAL (
  SELECT kind FROM reactions
  WHERE post_id = wanted.post_id AND member_id = $1
    AND EXISTS (SELECT FROM topics
                WHERE id = wanted.topic_id AND community_id = ANY ($4) AND delete_time IS NULL)
    AND EXISTS (SELECT FROM posts
                WHERE id = wanted.post_id AND topic_id = wanted.topic_id AND delete_time IS NULL)
) own
ORDER BY wanted.post_id, own.kind
