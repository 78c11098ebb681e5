-- Makes a post of a held topic show what there is, if it does not, and says which post it was.
-- $1 topic, $2 number
WITH counted AS (
  SELECT post.id,
         (SELECT count(*)::integer FROM posts reply
          WHERE reply.topic_id = post.topic_id AND reply.reply_to_number = post.number
            AND reply.delete_time IS NULL) AS replies,
         (SELECT array_agg((SELECT count(*)::integer FROM reactions
                            WHERE post_id = post.id AND kind = place) ORDER BY place)
          FROM generate_series(1, (SELECT max(kind) FROM reactions WHERE post_id = post.id)) place)
           AS reactions
  FROM posts post
  WHERE topic_id = $1 AND number = $2
)
UPDATE posts SET reply_count = counted.replies, reaction_counts = counted.reactions
FROM counted
WHERE posts.topic_id = $1 AND posts.number = $2
  AND (posts.reply_count <> counted.replies
       OR posts.reaction_counts IS DISTINCT FROM counted.reactions)
RETURNING posts.id, posts.version
