-- Posts that have the words of a query in one of some communities, in no order; whether they have
-- all that it looks for, which only the row itself tells; how well and how lately: twice the fit
-- weighs as much as 90 days; and when they were written. The two conditions are one search of the
-- index, which takes them apart more cheaply than one of both. Whatever else a post has to be is no
-- condition: it would be looked for among any number of rows. In SELECTs of their own the queries
-- are read once and not per row. Where there are more than are to be ranked, they are only counted:
-- their words, most of which lie elsewhere (TOAST), are not read.
-- $1 words to look up, $2 communities, as words, $3 the query, $4 the words by which posts are
-- ranked,
-- $5 from when on and $6 before when, $7 how many, $8 up to how many are ranked
WITH matching AS MATERIALIZED (
  SELECT post_id, words, create_time
  FROM post_words
  WHERE words @@ (SELECT $1::tsquery) AND words @@ (SELECT $2::tsquery)
  LIMIT $7
), size AS (
  SELECT count(*) <= $8 AS is_ranked FROM matching
)
SELECT post_id,
       CASE WHEN is_ranked
         THEN words @@ (SELECT $3::tsquery) AND create_time >= $5 AND create_time < $6
         ELSE false
       END,
       CASE WHEN is_ranked
         THEN ln((0.001 + ts_rank(words, (SELECT $4::tsquery)))::float8) / ln(2::float8)
                + extract(epoch FROM create_time)::float8 / 7776000
         ELSE 0
       END,
       create_time
FROM matching, size
