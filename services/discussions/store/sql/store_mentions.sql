-- Stores whom a post mentions from now on.
-- $1 post, $2 topic, $3 community, $4 author, $5 time, $6 members or nulls, $7 kinds (arrays of the
-- same length)
INSERT INTO mentions (post_id, topic_id, community_id, author_id, mention_time, member_id, kind)
SELECT $1, $2, $3, $4, $5, member_id, kind FROM unnest($6, $7) AS added(member_id, kind)
ON CONFLICT DO NOTHING
