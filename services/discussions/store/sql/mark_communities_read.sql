-- Moves a member's marks of whole communities forward, never back. Rows are taken in order of their
-- key, so that two calls never wait for each other in a ring.
-- $1 member, $2 communities, all different, $3 until when
INSERT INTO community_read_states AS state (member_id, community_id, read_time)
SELECT $1, id, $3
FROM unnest($2) AS community(id)
ORDER BY id
ON CONFLICT (member_id, community_id) DO UPDATE SET read_time = excluded.read_time
WHERE state.read_time < excluded.read_time
