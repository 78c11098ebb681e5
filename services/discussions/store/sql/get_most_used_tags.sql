-- The tags of many communities, those of the most topics in all of these first; of each community
-- those count of which it has most.
-- $1 visible communities, $2 how many of each, $3 how many
SELECT tag, sum(topic_count)::integer AS topics
FROM unnest($1) AS community(id)
CROSS JOIN LATERAL (
  SELECT tag, topic_count
  FROM community_tags
  WHERE community_id = community.id AND topic_count > 0
  ORDER BY topic_count DESC, tag DESC
  LIMIT $2
) used
GROUP BY tag
ORDER BY topics DESC, tag DESC
LIMIT $3
