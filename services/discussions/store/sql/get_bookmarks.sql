-- Which posts that stand in visible communities a member bookmarked, with what bookmarks show.
-- $1 member, $2 posts, $3 visible communities
SELECT bookmark.post_id, bookmark.create_time, post.topic_id, post.number, post.author_id,
       topic.title, topic.community_id
FROM bookmarks bookmark
JOIN posts post ON post.id = bookmark.post_id AND post.delete_time IS NULL
JOIN topics topic ON topic.id = post.topic_id AND topic.delete_time IS NULL
WHERE bookmark.member_id = $1 AND bookmark.post_id = ANY ($2) AND topic.community_id = ANY ($3)
