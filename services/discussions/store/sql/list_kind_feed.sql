-- The topics of one kind, or the questions without an accepted answer, of many communities, as
-- list_latest_feed.sql has those of all kinds. What differs is what is known of communities, and in
-- which index their heads are looked for: in one of two, the null leaves the other one unread.
-- (Questions are written as 2 and not as a parameter, so that the partial index serves.)
-- $1 member, $2 visible communities, $3 time and $4 id to go on after, $5 how many, $6 how many
-- that it follows are looked up, $7 how many by tags, $8 kind; null: unanswered questions
WITH RECURSIVE muted AS MATERIALIZED (
  SELECT array(SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 1) AS topic_ids,
         array(SELECT community_id FROM community_follows WHERE member_id = $1 AND level = 1)
           AS community_ids,
         array(SELECT ignored_id FROM ignores WHERE member_id = $1) AS ignored_ids,
         array(SELECT tag FROM tag_follows WHERE member_id = $1 AND level = 1) AS tags
), known AS MATERIALIZED (
  SELECT community_id, active_before(activity, $8) AS bound FROM kind_activity activity
  WHERE active_before(activity, $8) IS NOT NULL
), places AS MATERIALIZED (
  SELECT community.id, known.bound,
         row_number() OVER (ORDER BY known.bound DESC) AS place
  FROM unnest($2) AS community(id)
  JOIN known ON known.community_id = community.id
  WHERE community.id <> ALL ((SELECT community_ids FROM muted)::uuid[])
), walk AS (
  SELECT 0::bigint AS place, NULL::uuid AS id, NULL::timestamptz AS last_post_time, NULL::uuid AS first_id,
         '{}'::timestamptz[] AS highest
  UNION ALL
  SELECT next.place, next.id, head.last_post_time, head.id,
         array(SELECT one FROM unnest(walk.highest || head.last_post_time) one
               WHERE one IS NOT NULL ORDER BY one DESC LIMIT $5)
  FROM walk
  JOIN places next ON next.place = walk.place + 1
                  AND (cardinality(walk.highest) < $5 OR next.bound > walk.highest[$5])
  LEFT JOIN LATERAL (
    (SELECT last_post_time, id
     FROM topics
     WHERE community_id = next.id AND kind = $8 AND (last_post_time, id) < ($3, $4)
       AND delete_time IS NULL AND last_post_number > 0
       AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
     ORDER BY last_post_time DESC, id DESC
     LIMIT 1)
    UNION ALL
    (SELECT last_post_time, id
     FROM topics
     WHERE $8 IS NULL AND community_id = next.id AND (last_post_time, id) < ($3, $4)
       AND kind = 2 AND accepted_post_number IS NULL
       AND delete_time IS NULL AND last_post_number > 0
       AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
     ORDER BY last_post_time DESC, id DESC
     LIMIT 1)
  ) head ON true
), heads AS MATERIALIZED (
  SELECT id, last_post_time
  FROM walk
  WHERE last_post_time IS NOT NULL
  ORDER BY last_post_time DESC, first_id DESC
  LIMIT $5
), muted_places AS (
  SELECT array_agg(community.id ORDER BY known.bound DESC) AS ids
  FROM unnest($2) AS community(id)
  JOIN known ON known.community_id = community.id
  WHERE community.id = ANY ((SELECT community_ids FROM muted)::uuid[])
), followed AS MATERIALIZED (
  SELECT topic
  FROM ((SELECT topic_id FROM (
           (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 3
            ORDER BY update_time DESC, topic_id DESC LIMIT $6)
           UNION ALL
           (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 2
            ORDER BY update_time DESC, topic_id DESC LIMIT $6)) chosen
         LIMIT $6)
        UNION
        SELECT tagged.topic_id
        FROM muted_places, topics_of_followed_tags($1, muted_places.ids, $7) tagged
        WHERE tagged.topic_id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
          AND tagged.last_post_time <= $3
          AND tagged.last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                                    ELSE min(last_post_time) END FROM heads)) chosen
  JOIN topics topic ON topic.id = chosen.topic_id
  WHERE (SELECT community_ids FROM muted)::uuid[] && $2
    AND topic.community_id = ANY ($2)
    AND topic.community_id = ANY ((SELECT community_ids FROM muted)::uuid[])
    AND topic.kind = coalesce($8, 2) AND ($8 IS NOT NULL OR topic.accepted_post_number IS NULL)
    AND (topic.last_post_time, topic.id) < ($3, $4)
    AND topic.delete_time IS NULL AND topic.last_post_number > 0
)
SELECT id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags,
       author_id = ANY ((SELECT ignored_ids FROM muted)::uuid[])
         OR coalesce(tags && (SELECT muted.tags FROM muted)::text[], false) AND coalesce(
           (SELECT level FROM topic_follows WHERE member_id = $1 AND topic_id = topic.id), 1) = 1
FROM (
  SELECT (picked.topic).*
  FROM (
    SELECT reaching.topic
    FROM heads
    CROSS JOIN LATERAL (
      (SELECT topic
       FROM topics topic
       WHERE community_id = heads.id AND kind = $8 AND (last_post_time, id) < ($3, $4)
         AND last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                            ELSE min(last_post_time) END FROM heads)
         AND delete_time IS NULL AND last_post_number > 0
         AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
       ORDER BY last_post_time DESC, id DESC
       LIMIT $5)
      UNION ALL
      (SELECT topic
       FROM topics topic
       WHERE $8 IS NULL AND community_id = heads.id AND (last_post_time, id) < ($3, $4)
         AND last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                            ELSE min(last_post_time) END FROM heads)
         AND kind = 2 AND accepted_post_number IS NULL
         AND delete_time IS NULL AND last_post_number > 0
         AND id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
       ORDER BY last_post_time DESC, id DESC
       LIMIT $5)
    ) reaching
    UNION ALL
    SELECT topic FROM followed
  ) picked
) topic
ORDER BY last_post_time DESC, id DESC
LIMIT $5
