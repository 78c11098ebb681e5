-- How many topics of each of some communities a member has not read to the end: of the latest ones
-- since its mark, and of those that it took back last; muted ones
-- are passed over. Where nothing was written since the mark, which is known of all communities
-- together, no topic is looked for. (The member's marks are one range, and a
-- community's news are one range; its watermarks are asked for one by one, because for a join the
-- planner may read all rows of a member who has few on average.)
-- $1 member, $2 visible communities, $3 since when posts are news, $4 how many topics are looked at
WITH marks AS MATERIALIZED (
  SELECT community_id, read_time FROM community_read_states WHERE member_id = $1
), known AS MATERIALIZED (
  SELECT community_id, active_before(activity) AS bound FROM community_activity activity
), rewound AS MATERIALIZED (
  SELECT topic.community_id, topic.last_post_time, own.rewind_time
  FROM (SELECT topic_id, rewind_time
        FROM read_states
        WHERE member_id = $1 AND rewind_time IS NOT NULL
          AND topic_id <> ALL (array(SELECT topic_id FROM topic_follows
                                     WHERE member_id = $1 AND level = 1))
        ORDER BY rewind_time DESC
        LIMIT $4) own
  JOIN topics topic ON topic.id = own.topic_id AND topic.delete_time IS NULL
)
SELECT wanted.id, least(news.unread + again.unread, $4)
FROM (SELECT community.id, marks.read_time, greatest(marks.read_time, $3) AS news_time,
             coalesce(known.bound > greatest(marks.read_time, $3), false) AS has_news
      FROM unnest($2) AS community(id)
      LEFT JOIN marks ON marks.community_id = community.id
      LEFT JOIN known ON known.community_id = community.id) wanted
CROSS JOIN LATERAL (
  SELECT count(*) FILTER (
    WHERE latest.last_post_number > coalesce(
      (SELECT greatest(last_read_number,
                       CASE WHEN rewind_time IS NULL THEN latest.imported_post_number END)
       FROM read_states WHERE member_id = $1 AND topic_id = latest.id),
      latest.imported_post_number))::int AS unread
  FROM (SELECT id, last_post_number, imported_post_number
        FROM topics
        WHERE wanted.has_news AND community_id = wanted.id AND last_post_time > wanted.news_time
          AND delete_time IS NULL AND last_post_number > 0
          AND id <> ALL (array(SELECT topic_id FROM topic_follows
                               WHERE member_id = $1 AND level = 1))
        ORDER BY last_post_time DESC
        LIMIT $4) latest
) news
CROSS JOIN LATERAL (
  SELECT count(*)::int AS unread
  FROM rewound
  WHERE rewound.community_id = wanted.id AND rewound.last_post_time <= wanted.news_time
    AND (wanted.read_time IS NULL OR rewound.rewind_time > wanted.read_time)
) again
