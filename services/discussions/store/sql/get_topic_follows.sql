-- What a member chose for those of some topics that stand in visible communities. (One look-up a
-- topic, and no join: for that the planner may read all that the member chose.)
-- $1 member, $2 topics, $3 visible communities
SELECT wanted.id, chosen.level
FROM unnest($2) AS wanted(id)
CROSS JOIN LATERAL (
  SELECT level FROM topic_follows
  WHERE member_id = $1 AND topic_id = wanted.id
    AND EXISTS (SELECT FROM topics
                WHERE id = wanted.id AND community_id = ANY ($3) AND delete_time IS NULL)
  LIMIT 1
) chosen
