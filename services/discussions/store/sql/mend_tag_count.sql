-- Makes a held tag show how many topics have it, if it does not.
-- $1 community, $2 tag
WITH listed AS (
  SELECT count(*)::integer AS topics FROM topic_tags WHERE community_id = $1 AND tag = $2
)
UPDATE community_tags SET topic_count = listed.topics
FROM listed
WHERE community_id = $1 AND tag = $2 AND topic_count <> listed.topics
RETURNING true
