-- Flags a post of a held topic; the first of its flags under review opens the review.
-- $1 id, $2 community, $3 topic, $4 post, $5 member, $6 kind, $7 text, $8 time
INSERT INTO flags (id, community_id, topic_id, post_id, member_id, kind, text, create_time,
                   opens_review)
SELECT $1, $2, $3, $4, $5, $6, $7, $8,
       NOT EXISTS (SELECT FROM flags
                   WHERE topic_id = $3 AND post_id = $4 AND decide_time IS NULL)
