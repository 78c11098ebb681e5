-- The topics of many communities that have a tag, as list_latest_feed.sql has all of them. Looked
-- into are communities that have the tag: which these are is read from an index for all that there
-- are, since a look-up for each of $2 would cost more. Topics are read once it is known which are on
-- the page. That the tag itself is muted hides nothing: who asks for it means it.
-- $1 member, $2 visible communities, $3 time and $4 id to go on after, $5 how many, $6 how many
-- that it follows are looked up, $7 how many by tags, $8 tag
WITH RECURSIVE muted AS MATERIALIZED (
  SELECT array(SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 1) AS topic_ids,
         array(SELECT community_id FROM community_follows WHERE member_id = $1 AND level = 1)
           AS community_ids,
         array(SELECT ignored_id FROM ignores WHERE member_id = $1) AS ignored_ids,
         array(SELECT tag FROM tag_follows WHERE member_id = $1 AND level = 1 AND tag <> $8) AS tags
), having_it AS MATERIALIZED (
  SELECT community_id FROM tag_places WHERE tag = $8
), active AS MATERIALIZED (
  SELECT community_id, active_before(activity) AS bound FROM community_activity activity
), known AS MATERIALIZED (
  SELECT community_id, bound FROM active JOIN having_it USING (community_id)
), places AS MATERIALIZED (
  SELECT community.id, known.bound,
         row_number() OVER (ORDER BY known.bound DESC) AS place
  FROM unnest($2) AS community(id)
  JOIN known ON known.community_id = community.id
  WHERE community.id <> ALL ((SELECT community_ids FROM muted)::uuid[])
), walk AS (
  SELECT 0::bigint AS place, NULL::uuid[] AS ids, NULL::timestamptz[] AS times,
         '{}'::timestamptz[] AS highest
  UNION ALL
  SELECT next.place, listed.ids, listed.times,
         array(SELECT one FROM unnest(walk.highest || listed.times) one
               ORDER BY one DESC LIMIT $5)
  FROM walk
  JOIN places next ON next.place = walk.place + 1
                  AND (cardinality(walk.highest) < $5 OR next.bound > walk.highest[$5])
  CROSS JOIN LATERAL (
    SELECT array_agg(topic_id) AS ids, array_agg(last_post_time) AS times
    FROM (
      SELECT topic_id, last_post_time
      FROM topic_tags
      WHERE community_id = next.id AND tag = $8 AND (last_post_time, topic_id) < ($3, $4)
        AND topic_id <> ALL ((SELECT topic_ids FROM muted)::uuid[])
      ORDER BY last_post_time DESC, topic_id DESC
      LIMIT $5
    ) latest
  ) listed
), found AS MATERIALIZED (
  SELECT listed.topic_id, listed.last_post_time
  FROM walk CROSS JOIN unnest(ids, times) AS listed(topic_id, last_post_time)
  ORDER BY last_post_time DESC, topic_id DESC
  LIMIT $5
), muted_places AS (
  SELECT array_agg(community.id ORDER BY known.bound DESC) AS ids
  FROM unnest($2) AS community(id)
  JOIN known ON known.community_id = community.id
  WHERE community.id = ANY ((SELECT community_ids FROM muted)::uuid[])
), followed AS MATERIALIZED (
  SELECT listed.topic_id, listed.last_post_time
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
                                                    ELSE min(last_post_time) END FROM found)) chosen
  CROSS JOIN LATERAL (
    SELECT topic_id, last_post_time
    FROM topic_tags
    WHERE topic_id = chosen.topic_id AND tag = $8
      AND community_id = ANY ((SELECT ids FROM muted_places)::uuid[])
      AND (last_post_time, topic_id) < ($3, $4)
    LIMIT 1
  ) listed
  WHERE (SELECT community_ids FROM muted)::uuid[] && $2
), picked AS MATERIALIZED (
  SELECT topic_id, last_post_time
  FROM (SELECT * FROM found UNION ALL SELECT * FROM followed) reaching
  ORDER BY last_post_time DESC, topic_id DESC
  LIMIT $5
)
SELECT topic.id, topic.community_id, topic.author_id, topic.title, topic.last_post_number,
       topic.last_author_id, topic.create_time, topic.last_post_time, topic.score, topic.version,
       topic.pinned, topic.closer_id, topic.kind, topic.accepted_post_number, topic.praised_ids,
       topic.tags,
       topic.author_id = ANY ((SELECT ignored_ids FROM muted)::uuid[])
         OR coalesce(topic.tags && (SELECT muted.tags FROM muted)::text[], false) AND coalesce(
           (SELECT level FROM topic_follows WHERE member_id = $1 AND topic_id = topic.id), 1) = 1
FROM picked
CROSS JOIN LATERAL (
  SELECT * FROM topics
  WHERE id = picked.topic_id AND community_id = ANY ($2) AND delete_time IS NULL
  LIMIT 1
) topic
ORDER BY topic.last_post_time DESC, topic.id DESC
