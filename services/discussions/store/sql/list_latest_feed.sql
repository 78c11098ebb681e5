-- The topics of many communities without what a member mutes, latest posts first, after (time, id).
-- The latest topic of each community is the head of an index. A page reaches at most into as many
-- communities as it has topics, those with the latest heads; nothing older than the last of these
-- heads is on it, if there are that many.
-- $1 member, $2 visible communities, $3 time and $4 id to go on after, $5 how many
WITH muted AS MATERIALIZED (
  SELECT array(SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 1) AS topic_ids,
         array(SELECT community_id FROM community_follows WHERE member_id = $1 AND level = 1)
           AS community_ids
), heads AS MATERIALIZED (
  SELECT community.id, head.last_post_time
  FROM unnest($2) AS community(id)
  CROSS JOIN LATERAL (
    SELECT last_post_time
    FROM topics
    WHERE community_id = community.id AND (last_post_time, id) < ($3, $4)
      AND delete_time IS NULL AND last_post_number > 0
      AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
    ORDER BY last_post_time DESC, id DESC
    LIMIT 1
  ) head
  WHERE community.id <> ALL ((SELECT community_ids FROM muted)::uuid[])
  ORDER BY head.last_post_time DESC
  LIMIT $5
)
SELECT topic.*
FROM heads
CROSS JOIN LATERAL (
  SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
         last_post_time, score, version, pinned, closer_id,
         kind, accepted_post_number, praised_ids, tags
  FROM topics
  WHERE community_id = heads.id AND (last_post_time, id) < ($3, $4)
    AND last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                       ELSE min(last_post_time) END FROM heads)
    AND delete_time IS NULL AND last_post_number > 0
    AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
  ORDER BY last_post_time DESC, id DESC
  LIMIT $5
) topic
ORDER BY topic.last_post_time DESC, topic.id DESC
LIMIT $5
