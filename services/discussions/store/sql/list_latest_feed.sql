-- The topics of many communities without what a member mutes, latest posts first, after (time, id). What it
-- chose for a topic goes before what it chose for its community.
-- The latest topic of each community is the head of an index. A page reaches at most into as many
-- communities as it has topics, those with the latest heads; nothing older than the last of these
-- heads is on it, if there are that many. What the member follows is looked up if it mutes one of
-- the communities: what it watches, and then the rest, chosen last first.
-- $1 member, $2 visible communities, $3 time and $4 id to go on after, $5 how many, $6 how many
-- that it follows are looked up
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
), followed AS MATERIALIZED (
  SELECT topic
  FROM (SELECT topic_id FROM (
          (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 3
           ORDER BY update_time DESC, topic_id DESC LIMIT $6)
          UNION ALL
          (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 2
           ORDER BY update_time DESC, topic_id DESC LIMIT $6)) chosen
        LIMIT $6) chosen
  JOIN topics topic ON topic.id = chosen.topic_id
  WHERE (SELECT community_ids FROM muted)::uuid[] && $2
    AND topic.community_id = ANY ($2)
    AND topic.community_id = ANY ((SELECT community_ids FROM muted)::uuid[])
    AND (topic.last_post_time, topic.id) < ($3, $4)
    AND topic.delete_time IS NULL AND topic.last_post_number > 0
)
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags
FROM (
  SELECT (picked.topic).*
  FROM (
    SELECT reaching.topic
    FROM heads
    CROSS JOIN LATERAL (
      SELECT topic
      FROM topics topic
      WHERE community_id = heads.id AND (last_post_time, id) < ($3, $4)
        AND last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                           ELSE min(last_post_time) END FROM heads)
        AND delete_time IS NULL AND last_post_number > 0
        AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
      ORDER BY last_post_time DESC, id DESC
      LIMIT $5
    ) reaching
    UNION ALL
    SELECT topic FROM followed
  ) picked
) topic
ORDER BY last_post_time DESC, id DESC
LIMIT $5
