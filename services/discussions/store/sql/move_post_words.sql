-- Some of the posts of topics that are known elsewhere, or by other tags or traits, are found where
-- these stand now and by what they have and are. A form of a community begins with #c, one of a tag
-- with #t, one of a trait with #i. With the progress held, as everybody does who writes words.
-- $1 topics, $2 how many
UPDATE post_words known
SET community_id = stale.now_id,
    tags = stale.now_tags,
    traits = stale.now_traits,
    words = ts_delete(known.words, ARRAY['#c' || known.community_id]
                                   || array(SELECT '#t' || tag FROM unnest(known.tags) tag)
                                   || array(SELECT '#i' || trait FROM unnest(known.traits) trait))
            || array_to_tsvector(ARRAY['#c' || stale.now_id]
                                 || array(SELECT '#t' || tag FROM unnest(stale.now_tags) tag)
                                 || array(SELECT '#i' || trait FROM unnest(stale.now_traits) trait))
FROM (
  SELECT post_id, topic.community_id AS now_id, topic.tags AS now_tags,
         topic_traits(topic) AS now_traits
  FROM topics topic
  JOIN post_words old ON old.topic_id = topic.id
                     AND (old.community_id <> topic.community_id
                          OR old.tags IS DISTINCT FROM topic.tags
                          OR old.traits IS DISTINCT FROM topic_traits(topic))
  WHERE topic.id = ANY ($1)
  LIMIT $2
) stale
WHERE known.post_id = stale.post_id
RETURNING true
