-- Some of the posts of topics that are known elsewhere are found where these stand now. A form of a
-- community begins with #c.
-- $1 topics, $2 how many
UPDATE post_words known
SET community_id = stale.now_id,
    words = ts_delete(known.words, '#c' || known.community_id)
            || array_to_tsvector(ARRAY['#c' || stale.now_id])
FROM (
  SELECT post_id, topic.community_id AS now_id
  FROM topics topic
  JOIN post_words old ON old.topic_id = topic.id AND old.community_id <> topic.community_id
  WHERE topic.id = ANY ($1)
  LIMIT $2
  FOR NO KEY UPDATE OF old
) stale
WHERE known.post_id = stale.post_id
RETURNING true
