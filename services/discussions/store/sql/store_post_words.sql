-- Stores under which words posts are found, whatever was stored before.
-- $1 posts, $2 topics, $3 communities, $4 times, $5 words, $6 tags and $7 traits, each the text of
-- an array or empty (arrays of the same length)
INSERT INTO post_words AS known (post_id, topic_id, community_id, create_time, words, tags, traits)
SELECT post_id, topic_id, community_id, create_time, words::tsvector, nullif(tags, '')::text[],
       nullif(traits, '')::text[]
FROM unnest($1, $2, $3, $4, $5, $6, $7)
  AS new(post_id, topic_id, community_id, create_time, words, tags, traits)
ORDER BY post_id
ON CONFLICT (post_id) DO UPDATE
SET topic_id = excluded.topic_id, community_id = excluded.community_id,
    create_time = excluded.create_time, words = excluded.words, tags = excluded.tags,
    traits = excluded.traits
