-- What posts said when they were flagged, and what their topics were called, where they said it;
-- the earliest of each first, and as many of all together as fit.
-- $1 communities, $2 posts, $3 how many bytes
SELECT post_id, title, markdown, flag_time
FROM (
  SELECT wanted.place, text.post_id, text.version, text.title, text.markdown, text.flag_time,
         sum(octet_length(text.markdown)) OVER (ORDER BY wanted.place, text.version) AS bytes
  FROM unnest($2) WITH ORDINALITY AS wanted(post_id, place)
  JOIN flagged_texts text ON text.post_id = wanted.post_id AND text.community_id = ANY ($1)
) kept
WHERE bytes <= $3
ORDER BY place, version
