-- How far a member has read those of some topics that stand in visible communities, and how far
-- each goes.
-- $1 member, $2 topics, $3 visible communities
SELECT topic.id, read_number($1, topic), last_standing(topic)
FROM topics topic
WHERE topic.id = ANY ($2) AND topic.community_id = ANY ($3)
  AND topic.delete_time IS NULL AND topic.last_post_number > 0
