-- The topics of a community that have a tag, latest posts first, after (time, id). (One look-up a
-- topic, and no join, so that the order of the index is that of the list.)
-- $1 community, $2 tag, $3 time and $4 id to go on after, $5 how many
SELECT topic.*
FROM (
  SELECT topic_id, last_post_time
  FROM topic_tags
  WHERE community_id = $1 AND tag = $2 AND (last_post_time, topic_id) < ($3, $4)
  ORDER BY last_post_time DESC, topic_id DESC
  LIMIT $5
) tagged
CROSS JOIN LATERAL (
  SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
         last_post_time, score, version, pinned, closer_id,
         kind, accepted_post_number, praised_ids, tags
  FROM topics
  WHERE id = tagged.topic_id AND community_id = $1 AND delete_time IS NULL
  LIMIT 1
) topic
ORDER BY tagged.last_post_time DESC, tagged.topic_id DESC
