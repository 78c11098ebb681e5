-- A held topic, deleted or not, with the removal of it that stands. After hold_topic.
-- $1 topic
SELECT topic.id, topic.community_id, topic.author_id, topic.title, topic.last_post_number,
       topic.last_author_id, topic.create_time, topic.last_post_time, topic.score, topic.version,
       topic.pinned, topic.closer_id, topic.kind, topic.accepted_post_number, topic.praised_ids,
       topic.tags, topic.delete_time IS NULL, removal.id
FROM topics topic
LEFT JOIN removals removal ON removal.topic_id = topic.id AND removal.post_id IS NULL
                          AND removal.restore_time IS NULL
WHERE topic.id = $1 AND topic.last_post_number > 0
