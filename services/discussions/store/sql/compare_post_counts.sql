-- The next posts after (topic, number), and whether they show what there is: in one snapshot, so
-- that a difference is a fault. Without a lock. Their keys come from the index alone and each is
-- looked up: how many there will be nobody tells the planner, who expects so many that it would read
-- all posts and sort them.
-- $1 topic and $2 number to go on after, $3 how many
SELECT post.topic_id, post.number,
       post.reply_count = (
         SELECT count(*) FROM posts reply
         WHERE reply.topic_id = post.topic_id AND reply.reply_to_number = post.number
           AND reply.delete_time IS NULL)
       AND post.reaction_counts IS NOT DISTINCT FROM (
         SELECT array_agg((SELECT count(*)::integer FROM reactions
                           WHERE post_id = post.id AND kind = place) ORDER BY place)
         FROM generate_series(1, (SELECT max(kind) FROM reactions WHERE post_id = post.id)) place)
FROM (
  SELECT topic_id, number FROM posts
  WHERE (topic_id, number) > ($1, $2)
  ORDER BY topic_id, number
  LIMIT $3
) next
CROSS JOIN LATERAL (
  SELECT * FROM posts WHERE topic_id = next.topic_id AND number = next.number LIMIT 1
) post
ORDER BY next.topic_id, next.number
