-- Takes the reviews of a held topic along into another community, with those of the flagged texts
-- that posts still say, under the title that the topic has now: what was said before, in a title,
-- too, is read where it was said.
-- $1 topic, $2 community
WITH told AS (
  UPDATE flagged_texts text
  SET community_id = $2, title = (SELECT title FROM topics WHERE id = $1)
  FROM posts post
  WHERE post.id = text.post_id AND post.delete_time IS NULL AND post.markdown = text.markdown
    AND text.post_id IN (SELECT post_id FROM flags WHERE topic_id = $1 AND decide_time IS NULL)
)
UPDATE flags SET community_id = $2 WHERE topic_id = $1 AND decide_time IS NULL
