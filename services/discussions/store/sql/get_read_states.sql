-- How far a member has read those of some topics that stand in visible communities. (A subquery
-- and no join: for a join the planner may read all rows of a member who has few on average.)
-- $1 member, $2 topics, $3 visible communities
SELECT topic.id,
       coalesce((SELECT last_read_number FROM read_states
                 WHERE member_id = $1 AND topic_id = topic.id), 0),
       topic.imported_post_number, topic.last_post_number
FROM topics topic
WHERE topic.id = ANY ($2) AND topic.community_id = ANY ($3)
  AND topic.delete_time IS NULL AND topic.last_post_number > 0
