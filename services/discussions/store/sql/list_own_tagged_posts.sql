-- Posts of somebody in some communities with the tags of their topics, in no order. (The index of
-- words knows authors, communities and quarters of years: so posts need no index of their own for
-- this, and who posts does not pay for it. The two conditions are one search of the index.)
-- $1 who and when, as words, $2 communities, as words, $3 how many posts
SELECT topic_id, create_time, coalesce(tags, '{}')
FROM post_words
WHERE words @@ (SELECT $1::tsquery) AND words @@ (SELECT $2::tsquery)
LIMIT $3
