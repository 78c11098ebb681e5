-- The tags of a community, those of the most topics first, after (number of topics, tag).
-- $1 community, $2 number and $3 tag to go on after, $4 how many
SELECT tag, topic_count
FROM community_tags
WHERE community_id = $1 AND topic_count > 0 AND (topic_count, tag) < ($2, $3)
ORDER BY topic_count DESC, tag DESC
LIMIT $4
