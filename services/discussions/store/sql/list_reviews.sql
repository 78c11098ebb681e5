-- Posts of a community with flags under review, the one that waits longest first, after (time, id)
-- of the flag that opened the review.
-- $1 community, $2 time and $3 id to go on after, $4 how many
SELECT flag.id, flag.create_time, post.topic_id, post.id, topic.title, post.author_id,
       post.markdown, post.version, flag.community_id
FROM flags flag
JOIN topics topic ON topic.id = flag.topic_id
JOIN posts post ON post.id = flag.post_id
WHERE flag.community_id = $1 AND (flag.create_time, flag.id) > ($2, $3)
  AND flag.decide_time IS NULL AND flag.opens_review
ORDER BY flag.create_time, flag.id
LIMIT $4
