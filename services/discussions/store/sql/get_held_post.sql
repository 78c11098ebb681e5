-- A post of a held topic, with the topic's community and answer, whether it is quoted, and which is
-- the last post that stands. After hold_topic.
-- $1 topic, $2 post
SELECT post.id, post.topic_id, post.number, post.author_id, post.markdown, post.create_time,
       post.edit_time, post.delete_time, post.version, post.removed,
       post.reply_to_number, post.reply_count, post.reaction_counts,
       post.quoted_bytes, post.moderated, topic.community_id, topic.accepted_post_number,
       EXISTS (SELECT FROM quotes WHERE source_id = $2), last_standing(topic)
FROM topics topic
JOIN posts post ON post.topic_id = topic.id
WHERE topic.id = $1 AND post.id = $2
  AND topic.delete_time IS NULL AND topic.last_post_number > 0
