-- Which of some reactions stand.
-- $1 posts, $2 members, $3 kinds
SELECT post_id, member_id, kind::integer
FROM reactions
JOIN unnest($1, $2, $3) AS wanted(post_id, member_id, kind) USING (post_id, member_id, kind)
