-- Whether posts of anybody but the author stand in a locked topic, or votes in its poll.
-- $1 topic, $2 author
SELECT EXISTS (SELECT FROM posts WHERE topic_id = $1 AND author_id <> $2 AND moved_post_id IS NULL)
    OR EXISTS (SELECT FROM poll_votes WHERE topic_id = $1 AND member_id <> $2)
    OR EXISTS (SELECT FROM poll_voters WHERE topic_id = $1 AND member_id <> $2)
