-- What stands of some posts, wherever it does, and what stood of them elsewhere before: as an import
-- compares them; with its topic a post is deleted. Of what went elsewhere the first column is its id,
-- and the last one set.
-- $1 posts
SELECT post.id, post.topic_id, post.number, post.author_id, post.create_time, post.markdown,
       coalesce(post.delete_time, (SELECT delete_time FROM topics WHERE id = post.topic_id)),
       post.version, coalesce(answered.moved_post_id, answered.id),
       post.reaction_counts, post.imported_mark, false
FROM posts post
LEFT JOIN posts answered
  ON answered.topic_id = post.topic_id AND answered.number = post.reply_to_number
WHERE post.id = ANY ($1)
UNION ALL
SELECT moved_post_id, topic_id, number, author_id, create_time, '', NULL, 0, NULL, NULL, NULL, true
FROM posts
WHERE moved_post_id = ANY ($1)
