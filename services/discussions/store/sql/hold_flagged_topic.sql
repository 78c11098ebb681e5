-- Holds the topic in which a post stands that a member has flagged, whatever it was called then, and
-- says which: the one from which it has gone where that happened meanwhile. Whoever has no flag under
-- review there waits for nobody, and so learns nothing of the topic.
-- $1 post, $2 member
SELECT id FROM topics
WHERE id = (SELECT topic_id FROM flags
            WHERE post_id = $1 AND member_id = $2 AND decide_time IS NULL)
FOR NO KEY UPDATE
