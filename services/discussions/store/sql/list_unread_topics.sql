-- The topics of many communities that may hold something that a member has not read, latest posts
-- first, after (time, id): those with posts since its mark, and those that it took back last, what
-- it mutes left out, as they are counted (count_unread_topics.sql). A topic that it has read to the
-- end all the same, that somebody opened whom it ignores, or of which it mutes a tag, comes without
-- its read_number. Where that is up to a mark of its community, it is looked for topic by topic,
-- and the page ends once that has cost enough; goes_on says whether something may follow.
-- Communities are walked through as for the feed (list_latest_feed.sql), but only where something
-- was written since the mark; and a page knows from the one before what does not reach into it, so
-- that none of them looks at all communities again. The first row says for the next one, before
-- which time or at which what is left in each community of $2 stands.
-- $1 member, $2 visible communities, $3 time and $4 id to go on after, $5 how many, $6 how many
-- that it follows in muted communities are looked up, $7 since when posts are news, $8 how many
-- that it took back are looked up, $9 before which times what is left in each of $2 stands, $10 how
-- many that it follows by tags in muted communities are looked up, $11 what looking for marks may
-- cost
WITH RECURSIVE own AS MATERIALIZED (
  SELECT array(SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 1) AS muted_ids,
         array(SELECT community_id FROM community_follows WHERE member_id = $1 AND level = 1)
           AS muted_places,
         array(SELECT ignored_id FROM ignores WHERE member_id = $1) AS ignored_ids,
         array(SELECT tag FROM tag_follows WHERE member_id = $1 AND level = 1) AS muted_tags
), marks AS MATERIALIZED (
  SELECT community_id, read_time FROM community_read_states WHERE member_id = $1
), known AS MATERIALIZED (
  SELECT community_id, active_before(activity) AS bound FROM community_activity activity
), wanted AS MATERIALIZED (
  SELECT community.id, community.place, marks.read_time,
         greatest(marks.read_time, $7) AS news_time, least(known.bound, community.bound) AS bound,
         known.bound AS active,
         community.id = ANY ((SELECT muted_places FROM own)::uuid[]) AS muted
  FROM unnest($2, $9) WITH ORDINALITY AS community(id, bound, place)
  LEFT JOIN marks ON marks.community_id = community.id
  LEFT JOIN known ON known.community_id = community.id
), places AS MATERIALIZED (
  SELECT id, news_time, bound, row_number() OVER (ORDER BY bound DESC) AS place
  FROM wanted
  WHERE NOT muted AND bound > news_time AND $3 > news_time
), walk AS (
  SELECT 0::bigint AS place, NULL::uuid AS id, NULL::timestamptz AS news_time,
         NULL::timestamptz AS last_post_time, NULL::uuid AS first_id, '{}'::timestamptz[] AS highest
  UNION ALL
  SELECT next.place, next.id, next.news_time, head.last_post_time, head.id,
         array(SELECT one FROM unnest(walk.highest || head.last_post_time) one
               WHERE one IS NOT NULL ORDER BY one DESC LIMIT $5)
  FROM walk
  JOIN places next ON next.place = walk.place + 1
                  AND (cardinality(walk.highest) < $5 OR next.bound > walk.highest[$5])
  LEFT JOIN LATERAL (
    SELECT last_post_time, id
    FROM topics
    WHERE community_id = next.id AND (last_post_time, id) < ($3, $4)
      AND last_post_time > next.news_time AND delete_time IS NULL AND last_post_number > 0
      AND id <> ALL ((SELECT muted_ids FROM own)::uuid[])
    ORDER BY last_post_time DESC, id DESC
    LIMIT 1
  ) head ON true
), heads AS MATERIALIZED (
  SELECT id, news_time, last_post_time
  FROM walk
  WHERE last_post_time IS NOT NULL
  ORDER BY last_post_time DESC, first_id DESC
  LIMIT $5
), muted_places AS (
  SELECT array_agg(id ORDER BY active DESC) AS ids FROM wanted WHERE muted AND active IS NOT NULL
), followed AS MATERIALIZED (
  (SELECT topic_id, NULL::timestamptz AS last_post_time
   FROM (
     (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 3
      ORDER BY update_time DESC, topic_id DESC LIMIT $6)
     UNION ALL
     (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 2
      ORDER BY update_time DESC, topic_id DESC LIMIT $6)
   ) chosen
   WHERE (SELECT muted_places FROM own)::uuid[] && $2
   LIMIT $6)
  UNION ALL
  SELECT tagged.topic_id, tagged.last_post_time
  FROM muted_places, topics_of_followed_tags($1, muted_places.ids, $10) tagged
  WHERE tagged.topic_id <> ALL ((SELECT muted_ids FROM own)::uuid[])
), rewound AS MATERIALIZED (
  SELECT topic_id, rewind_time
  FROM read_states
  WHERE member_id = $1 AND rewind_time IS NOT NULL
    AND topic_id <> ALL ((SELECT muted_ids FROM own)::uuid[])
  ORDER BY rewind_time DESC
  LIMIT $8
), picked AS (
  SELECT reaching.topic
  FROM heads
  CROSS JOIN LATERAL (
    SELECT topic
    FROM topics topic
    WHERE community_id = heads.id AND (last_post_time, id) < ($3, $4)
      AND last_post_time > heads.news_time
      AND last_post_time >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                         ELSE min(last_post_time) END FROM heads)
      AND delete_time IS NULL AND last_post_number > 0
      AND id <> ALL ((SELECT muted_ids FROM own)::uuid[])
    ORDER BY last_post_time DESC, id DESC
    LIMIT $5
  ) reaching
  UNION ALL
  SELECT topic
  FROM (
    SELECT topic_id FROM followed
    GROUP BY topic_id
    HAVING max(last_post_time) IS NULL
      OR max(last_post_time) <= $3
         AND max(last_post_time) >= (SELECT CASE WHEN count(*) < $5 THEN '-infinity'
                                                 ELSE min(last_post_time) END FROM heads)
  ) reaching
  JOIN topics topic ON topic.id = reaching.topic_id
  JOIN wanted ON wanted.id = topic.community_id AND wanted.muted
  WHERE (last_post_time, topic.id) < ($3, $4) AND last_post_time > wanted.news_time
    AND delete_time IS NULL AND last_post_number > 0
  UNION ALL
  SELECT topic
  FROM rewound
  JOIN topics topic ON topic.id = rewound.topic_id
  JOIN wanted ON wanted.id = topic.community_id
  WHERE (last_post_time, topic.id) < ($3, $4) AND last_post_time <= wanted.news_time
    AND delete_time IS NULL AND last_post_number > 0
    AND (wanted.read_time IS NULL OR rewound.rewind_time > wanted.read_time)
    AND (NOT wanted.muted OR topic.id IN (SELECT topic_id FROM followed))
), looked AS MATERIALIZED (
  SELECT topic, (topic).last_post_time, (topic).id
  FROM picked
  ORDER BY last_post_time DESC, id DESC
  LIMIT $5
), states AS MATERIALIZED (
  SELECT looked.topic, wanted.read_time, state.number,
         row_number() OVER (ORDER BY looked.last_post_time DESC, looked.id DESC) AS place,
         (topic).author_id = ANY ((SELECT ignored_ids FROM own)::uuid[])
           OR state.number >= last_standing(topic)
           OR coalesce((topic).tags && (SELECT muted_tags FROM own)::text[], false) AND coalesce(
             (SELECT level FROM topic_follows
              WHERE member_id = $1 AND topic_id = looked.id), 1) = 1 AS passed,
         wanted.read_time >= (topic).create_time
           AND coalesce(state.rewind_time < wanted.read_time, true) AS marked
  FROM looked
  JOIN wanted ON wanted.id = (topic).community_id
  LEFT JOIN LATERAL (
    SELECT greatest(last_read_number,
                    CASE WHEN rewind_time IS NULL THEN (topic).imported_post_number END) AS number,
           rewind_time
    FROM read_states WHERE member_id = $1 AND topic_id = (topic).id
  ) touched ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(touched.number, (topic).imported_post_number) AS number, touched.rewind_time
  ) state
), told AS (
  SELECT 0::bigint AS place, NULL::integer AS read_number, 0 AS cost
  UNION ALL
  SELECT next.place, found.number, told.cost + found.cost
  FROM told
  JOIN states next ON next.place = told.place + 1 AND told.cost < $11
  CROSS JOIN LATERAL (
    SELECT number, cost FROM look_for_mark(next.topic, next.number, next.read_time)
    WHERE next.marked AND NOT next.passed
    UNION ALL
    SELECT CASE WHEN NOT next.passed THEN next.number END, 0
    WHERE next.passed OR NOT coalesce(next.marked, false)
  ) found
)
SELECT (topic).id, (topic).community_id, (topic).author_id, (topic).title,
       (topic).last_post_number, (topic).last_author_id, (topic).create_time,
       (topic).last_post_time, (topic).score, (topic).version, (topic).pinned, (topic).closer_id,
       (topic).kind, (topic).accepted_post_number, (topic).praised_ids, (topic).tags,
       told.read_number,
       CASE WHEN place = 1
            THEN array(SELECT CASE WHEN walk.id IS NULL THEN coalesce(wanted.bound, '-infinity')
                                   ELSE coalesce(walk.last_post_time, '-infinity') END
                       FROM wanted LEFT JOIN walk ON walk.id = wanted.id
                       ORDER BY wanted.place)
            ELSE '{}' END AS latest,
       (SELECT count(*) FROM states) = $5
         OR (SELECT max(place) FROM told) < (SELECT count(*) FROM states) AS goes_on,
       last_standing(topic)
FROM told
JOIN states USING (place)
ORDER BY place
