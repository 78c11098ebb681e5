-- The communities in which posts mention a member, or have: one range of the key.
-- $1 member, $2 how many
SELECT community_id FROM mention_places WHERE member_id = $1 ORDER BY community_id LIMIT $2
