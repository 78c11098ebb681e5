-- What mentions a member, or a group to which it belongs, newest first, after (time, id). A post
-- that mentions in several ways at the same time comes once, by the nearest of them. Groups are looked
-- at in the order in which they can have been mentioned last, as many as asked for; the first column
-- says when those that are left out can have been, and comes alone where there is nothing. The last
-- one says whether the member ignores who wrote the post.
-- The member's own are one range of time if it may read wherever it is mentioned, else one for each
-- community: others would make it read past any number of what it may not see. (All rows of
-- group_mentions are read, in fewer pages than look-ups of 200 would. Of what the ranges look at, the
-- indexes hold all.)
-- $1 member, $2 communities that it may read, $3 communities and $4 the kinds of groups there to
-- which it belongs (arrays of the same length), $5 time and $6 id to go on after, $7 how many,
-- $8 whether it may read wherever it is mentioned, $9 how many groups
WITH known AS MATERIALIZED (
  SELECT * FROM group_mentions
), ranked AS MATERIALIZED (
  SELECT community_id, kind, latest.time, row_number() OVER (ORDER BY latest.time DESC) AS rank
  FROM unnest($3, $4) AS belongs(community_id, kind)
  JOIN known USING (community_id)
  CROSS JOIN LATERAL (
    SELECT least(CASE kind WHEN 2 THEN everyone_time ELSE moderators_time END, $5) AS time
    WHERE CASE kind WHEN 2 THEN everyone_time ELSE moderators_time END IS NOT NULL
  ) latest
  ORDER BY latest.time DESC
  LIMIT $9 + 1
), mentioned AS (
  (SELECT post_id, mention_time, 1::smallint AS kind, community_id
   FROM mentions
   WHERE $8 AND member_id = $1 AND (mention_time, post_id) < ($5, $6) AND community_id = ANY ($2)
   ORDER BY mention_time DESC, post_id DESC
   LIMIT $7)
  UNION ALL
  SELECT own.*
  FROM unnest($2) AS place(id)
  CROSS JOIN LATERAL (
    SELECT post_id, mention_time, 1::smallint AS kind, community_id
    FROM mentions
    WHERE member_id = $1 AND community_id = place.id AND (mention_time, post_id) < ($5, $6)
    ORDER BY mention_time DESC, post_id DESC
    LIMIT $7
  ) own
  WHERE NOT $8
  UNION ALL
  SELECT called.*
  FROM ranked
  CROSS JOIN LATERAL (
    SELECT post_id, mention_time, kind, community_id
    FROM mentions
    WHERE community_id = ranked.community_id AND kind = ranked.kind AND member_id IS NULL
      AND (mention_time, post_id) < ($5, $6) AND author_id <> $1
    ORDER BY mention_time DESC, post_id DESC
    LIMIT $7
  ) called
  WHERE ranked.rank <= $9
)
SELECT rest.time, page.post_id, page.mention_time, page.kind, page.community_id, place.*
FROM (SELECT (SELECT time FROM ranked WHERE rank > $9) AS time) rest
LEFT JOIN (
  (SELECT post_id, mention_time, min(kind) AS kind, community_id
   FROM mentioned
   GROUP BY mention_time, post_id, community_id
   ORDER BY mention_time DESC, post_id DESC
   LIMIT $7) page
  CROSS JOIN LATERAL (
    SELECT post.topic_id, post.number, post.author_id, topic.title,
           post.author_id = ANY (array(SELECT ignored_id FROM ignores WHERE member_id = $1))
             AS ignored
    FROM posts post
    JOIN topics topic ON topic.id = post.topic_id AND topic.community_id = page.community_id
    WHERE post.id = page.post_id
    LIMIT 1
  ) place
) ON true
ORDER BY page.mention_time DESC, page.post_id DESC
