-- Lists a held community by its words, but for those by which it is listed already.
-- $1 community
INSERT INTO community_words (word, community_id)
SELECT unnest(words_of_community(display_name, description, location, coalesce(purpose, ''))), id
FROM communities
LEFT JOIN charters ON community_id = id
WHERE id = $1
ON CONFLICT DO NOTHING
