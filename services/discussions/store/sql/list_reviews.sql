-- Posts of a community with flags under review, the one that waits longest first, after (time, id)
-- of the flag that opened the review. What its author deleted is among them; a topic that its
-- author deleted had no posts but its own, and has no title.
-- $1 community, $2 time and $3 id to go on after, $4 how many
SELECT flag.id, flag.create_time, flag.topic_id, flag.post_id, topic.title,
       coalesce(post.author_id, topic.author_id), coalesce(post.markdown, ''),
       coalesce(post.version, topic.version), flag.community_id,
       coalesce(post.delete_time, topic.delete_time)
FROM flags flag
JOIN topics topic ON topic.id = flag.topic_id
LEFT JOIN posts post ON post.id = flag.post_id
WHERE flag.community_id = $1 AND (flag.create_time, flag.id) > ($2, $3)
  AND flag.decide_time IS NULL AND flag.opens_review
ORDER BY flag.create_time, flag.id
LIMIT $4
