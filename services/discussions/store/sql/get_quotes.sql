-- What posts quote, each while it stands in its community: of what stands in the same topic, and did
-- not say something else before it came into this community. One range of the key a post, two
-- look-ups a quote.
-- $1 posts, $2 communities (arrays of the same length)
SELECT wanted.id, quote.source_id, source.number, source.author_id, quote.text
FROM unnest($1, $2) AS wanted(id, community_id)
JOIN posts post ON post.id = wanted.id
JOIN topics topic ON topic.id = post.topic_id AND topic.community_id = wanted.community_id
                 AND topic.delete_time IS NULL
JOIN quotes quote ON quote.post_id = wanted.id
                 AND coalesce(quote.replace_community_id, topic.community_id) = topic.community_id
JOIN posts source ON source.id = quote.source_id AND source.topic_id = post.topic_id
                 AND source.delete_time IS NULL
ORDER BY wanted.id, quote.place
