-- Deletes a topic: its posts, its poll, its title and its tags go, its row stays so that no import
-- brings it back, and the markers of posts that have gone into another topic, so that their old names
-- lead there.
-- $1 topic, $2 time, $3 version
WITH gone AS (
  DELETE FROM posts WHERE topic_id = $1 AND moved_post_id IS NULL
), gone_poll AS (
  DELETE FROM polls WHERE topic_id = $1
)
UPDATE topics SET title = '', tags = NULL, delete_time = $2, version = $3 WHERE id = $1
