-- What mentions a member, or a group to which it belongs, newest first, after (time, id). A post
-- that mentions in several ways at the same time comes once, by the nearest of them. (Of what the
-- first two parts look at, the indexes hold all.)
-- $1 member, $2 communities that it may read, $3 communities and $4 the kinds of groups there to
-- which it belongs (arrays of the same length), $5 time and $6 id to go on after, $7 how many
WITH mentioned AS (
  SELECT own.*
  FROM unnest($2) AS place(id)
  CROSS JOIN LATERAL (
    SELECT post_id, mention_time, 1::smallint AS kind, community_id
    FROM mentions
    WHERE member_id = $1 AND community_id = place.id AND (mention_time, post_id) < ($5, $6)
    ORDER BY mention_time DESC, post_id DESC
    LIMIT $7
  ) own
  UNION ALL
  SELECT called.*
  FROM unnest($3, $4) AS belongs(community_id, kind)
  CROSS JOIN LATERAL (
    SELECT post_id, mention_time, kind, community_id
    FROM mentions
    WHERE community_id = belongs.community_id AND kind = belongs.kind AND member_id IS NULL
      AND (mention_time, post_id) < ($5, $6) AND author_id <> $1
    ORDER BY mention_time DESC, post_id DESC
    LIMIT $7
  ) called
)
SELECT page.post_id, page.mention_time, page.kind, page.community_id, place.*
FROM (SELECT post_id, mention_time, min(kind) AS kind, community_id
      FROM mentioned
      GROUP BY mention_time, post_id, community_id
      ORDER BY mention_time DESC, post_id DESC
      LIMIT $7) page
CROSS JOIN LATERAL (
  SELECT post.topic_id, post.number, post.author_id, topic.title
  FROM posts post
  JOIN topics topic ON topic.id = post.topic_id AND topic.community_id = page.community_id
  WHERE post.id = page.post_id
  LIMIT 1
) place
ORDER BY page.mention_time DESC, page.post_id DESC
