-- The tags of topics that somebody wrote in: a row for each of the posts that are found by the
-- queries, which say who and when, those of the first one first, in no order among themselves. (The
-- index of words knows authors and quarters of years: so posts need no index of their own for this,
-- and who posts does not pay for it.)
-- $1 queries, each of which is looked for until there are enough, $2 how many posts
SELECT found.topic_id, found.community_id, found.create_time, coalesce(found.tags, '{}')
FROM unnest($1) AS asked(query)
CROSS JOIN LATERAL (
  SELECT topic_id, community_id, create_time, tags
  FROM post_words
  WHERE words @@ asked.query::tsquery
  LIMIT $2
) found
LIMIT $2
