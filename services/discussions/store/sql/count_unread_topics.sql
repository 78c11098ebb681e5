-- How many topics of each of some communities a member has not read to the end: of the latest ones
-- since its mark, and of those that it took back last. Those that it mutes, by themselves or by a
-- tag, or that somebody opened whom it ignores, are passed over, and of communities that it mutes
-- all but what it follows there, by itself or by a tag (domain/follow.h). Where nothing was written
-- since the mark, which is known of all communities together, no topic is looked for. (The member's
-- marks are one range, and a community's news are one range; its watermarks are asked for one by
-- one, because for a join the planner may read all rows of a member who has few on average.)
-- $1 member, $2 visible communities, $3 since when posts are news, $4 how many topics are looked
-- at,
-- $5 how many that it follows in muted communities are looked up, $6 how many by tags
WITH own AS MATERIALIZED (
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
  SELECT community.id, marks.read_time, greatest(marks.read_time, $3) AS news_time,
         community.id = ANY ((SELECT muted_places FROM own)::uuid[]) AS muted,
         known.bound, coalesce(known.bound > greatest(marks.read_time, $3), false) AS has_news
  FROM unnest($2) AS community(id)
  LEFT JOIN marks ON marks.community_id = community.id
  LEFT JOIN known ON known.community_id = community.id
), muted_places AS (
  SELECT array_agg(id ORDER BY bound DESC) AS ids FROM wanted WHERE muted AND bound IS NOT NULL
), followed AS MATERIALIZED (
  SELECT topic
  FROM ((SELECT topic_id FROM (
           (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 3
            ORDER BY update_time DESC, topic_id DESC LIMIT $5)
           UNION ALL
           (SELECT topic_id FROM topic_follows WHERE member_id = $1 AND level = 2
            ORDER BY update_time DESC, topic_id DESC LIMIT $5)) chosen
         WHERE (SELECT muted_places FROM own)::uuid[] && $2
         LIMIT $5)
        UNION
        SELECT tagged.topic_id
        FROM muted_places, topics_of_followed_tags($1, muted_places.ids, $6) tagged
        WHERE tagged.topic_id <> ALL ((SELECT muted_ids FROM own)::uuid[])) chosen
  JOIN topics topic ON topic.id = chosen.topic_id
  WHERE topic.community_id = ANY ((SELECT muted_places FROM own)::uuid[])
    AND topic.delete_time IS NULL AND topic.last_post_number > 0
), rewound AS MATERIALIZED (
  SELECT topic.id, topic.community_id, topic.author_id, topic.last_post_time, topic.tags,
         taken.rewind_time
  FROM (SELECT topic_id, last_read_number, rewind_time
        FROM read_states
        WHERE member_id = $1 AND rewind_time IS NOT NULL
          AND topic_id <> ALL ((SELECT muted_ids FROM own)::uuid[])
        ORDER BY rewind_time DESC
        LIMIT $4) taken
  JOIN topics topic ON topic.id = taken.topic_id AND topic.delete_time IS NULL
                   AND taken.last_read_number < last_standing(topic)
)
SELECT wanted.id, least(news.unread + again.unread, $4)
FROM wanted
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (
    WHERE author_id <> ALL ((SELECT ignored_ids FROM own)::uuid[])
      AND NOT (coalesce(tags && (SELECT muted_tags FROM own)::text[], false) AND coalesce(
        (SELECT level FROM topic_follows WHERE member_id = $1 AND topic_id = latest.id), 1) = 1)
      AND latest.end_number > coalesce(
      (SELECT greatest(last_read_number,
                       CASE WHEN rewind_time IS NULL THEN latest.imported_post_number END)
       FROM read_states WHERE member_id = $1 AND topic_id = latest.id),
      latest.imported_post_number))::int AS unread
  FROM (
    (SELECT id, author_id, last_standing(topics) AS end_number, imported_post_number, tags
     FROM topics
     WHERE wanted.has_news AND NOT wanted.muted AND community_id = wanted.id
       AND last_post_time > wanted.news_time AND delete_time IS NULL AND last_post_number > 0
       AND id <> ALL ((SELECT muted_ids FROM own)::uuid[])
     ORDER BY last_post_time DESC
     LIMIT $4)
    UNION ALL
    SELECT (topic).id, (topic).author_id, last_standing(topic), (topic).imported_post_number,
           (topic).tags
    FROM followed
    WHERE wanted.has_news AND wanted.muted AND (topic).community_id = wanted.id
      AND (topic).last_post_time > wanted.news_time
  ) latest
) news
CROSS JOIN LATERAL (
  SELECT count(*)::int AS unread
  FROM rewound
  WHERE rewound.community_id = wanted.id AND rewound.last_post_time <= wanted.news_time
    AND (wanted.read_time IS NULL OR rewound.rewind_time > wanted.read_time)
    AND (NOT wanted.muted OR rewound.id IN (SELECT (topic).id FROM followed))
    AND rewound.author_id <> ALL ((SELECT ignored_ids FROM own)::uuid[])
    AND NOT (coalesce(rewound.tags && (SELECT muted_tags FROM own)::text[], false) AND coalesce(
      (SELECT level FROM topic_follows WHERE member_id = $1 AND topic_id = rewound.id), 1) = 1)
) again
