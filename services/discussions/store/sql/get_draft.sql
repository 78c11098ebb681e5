-- A member's draft at a place.
-- $1 member, $2 place, $3 its kind
SELECT place_id, place_kind, topic_id, title, markdown, rest, update_time
FROM drafts
WHERE member_id = $1 AND place_id = $2 AND place_kind = $3
