-- Where topics stand, whose they are, and whether they are deleted. What was merged stands where
-- its posts are now.
-- $1 ids
SELECT topic.id, coalesce(now.community_id, topic.community_id), topic.author_id,
       CASE WHEN now.id IS NULL THEN topic.delete_time ELSE now.delete_time END IS NOT NULL
FROM topics topic
LEFT JOIN topics now ON now.id = topic.merged_into_id
WHERE topic.id = ANY ($1) AND topic.last_post_number > 0
