-- A member's bookmarks, newest first, after (time, id), with what they show; without a community
-- where the post is gone.
-- $1 member, $2 time and $3 id to go on after, $4 how many
SELECT bookmark.post_id, bookmark.create_time, post.topic_id, post.number, post.author_id,
       topic.title, topic.community_id
FROM (SELECT post_id, create_time
      FROM bookmarks
      WHERE member_id = $1 AND (create_time, post_id) < ($2, $3)
      ORDER BY create_time DESC, post_id DESC
      LIMIT $4) bookmark
LEFT JOIN posts post ON post.id = bookmark.post_id AND post.delete_time IS NULL
LEFT JOIN topics topic ON topic.id = post.topic_id AND topic.delete_time IS NULL
ORDER BY bookmark.create_time DESC, bookmark.post_id DESC
