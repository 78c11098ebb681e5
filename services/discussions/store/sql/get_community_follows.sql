-- What a member chose for some visible communities.
-- $1 member, $2 communities
SELECT community_id, level
FROM community_follows
WHERE member_id = $1 AND community_id = ANY ($2)
