-- Makes a held tag show how many topics have it, if it does not; one that none has goes.
-- $1 community, $2 tag
WITH listed AS (
  SELECT count(*)::integer AS topics FROM topic_tags WHERE community_id = $1 AND tag = $2
), mended AS (
  UPDATE community_tags SET topic_count = listed.topics
  FROM listed
  WHERE community_id = $1 AND tag = $2 AND topic_count <> listed.topics AND listed.topics > 0
  RETURNING true
), gone AS (
  DELETE FROM community_tags
  USING listed
  WHERE community_id = $1 AND tag = $2 AND listed.topics = 0
  RETURNING true
)
SELECT true FROM mended UNION ALL SELECT true FROM gone
