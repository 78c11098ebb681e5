-- Posts by id with the community of their topic, in no order. A post that has gone with its topic
-- comes without a number.
-- $1 topics, $2 posts (arrays of the same length)
SELECT wanted.id, wanted.topic_id, coalesce(post.number, 0), coalesce(post.author_id, wanted.id),
       coalesce(post.markdown, ''), coalesce(post.create_time, topic.create_time), post.edit_time,
       post.delete_time, coalesce(post.version, 0), coalesce(post.removed, false),
       post.reply_to_number, coalesce(post.reply_count, 0), post.reaction_counts,
       coalesce(post.quoted_bytes, 0), coalesce(post.moderated, false),
       topic.community_id
FROM unnest($1, $2) AS wanted(topic_id, id)
JOIN topics topic ON topic.id = wanted.topic_id AND topic.last_post_number > 0
LEFT JOIN posts post ON post.id = wanted.id AND post.topic_id = wanted.topic_id
                    AND topic.delete_time IS NULL
