-- What posts said when they were flagged and do not say any more, and what their topics were called,
-- where each is reviewed and said it; the earliest of each first, and as many of all together as fit.
-- $1 communities of the reviews, $2 their topics, $3 their posts, $4 how many bytes
SELECT post_id, title, markdown, flag_time
FROM (
  SELECT wanted.place, text.post_id, text.version, text.title, text.markdown, text.flag_time,
         sum(octet_length(text.markdown)) OVER (ORDER BY wanted.place, text.version) AS bytes
  FROM unnest($1, $2, $3) WITH ORDINALITY AS wanted(community_id, topic_id, post_id, place)
  JOIN flagged_texts text
    ON text.post_id = wanted.post_id AND text.community_id = wanted.community_id
  LEFT JOIN posts post ON post.topic_id = wanted.topic_id AND post.id = wanted.post_id
  WHERE post.markdown IS DISTINCT FROM text.markdown
) kept
WHERE bytes <= $4
ORDER BY place, version
