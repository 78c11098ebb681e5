-- What a member chose for those of some topics that stand in visible communities, for the tags of each
-- in their order (0: nothing), and for its community. (One look-up a topic, and no join: for that the
-- planner may read all that the member chose.)
-- $1 member, $2 topics, $3 visible communities
WITH chosen AS MATERIALIZED (
  SELECT tag, level FROM tag_follows WHERE member_id = $1
)
SELECT topic.id,
       (SELECT level FROM topic_follows WHERE member_id = $1 AND topic_id = topic.id),
       coalesce(topic.tags, '{}'),
       array(SELECT coalesce((SELECT level FROM chosen WHERE chosen.tag = each.tag), 0)::int
             FROM unnest(topic.tags) WITH ORDINALITY AS each(tag, number)
             ORDER BY each.number),
       (SELECT level FROM community_follows
        WHERE member_id = $1 AND community_id = topic.community_id)
FROM unnest($2) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT id, community_id, tags FROM topics
  WHERE id = wanted.id AND community_id = ANY ($3)
    AND delete_time IS NULL AND last_post_number > 0
  LIMIT 1
) topic
