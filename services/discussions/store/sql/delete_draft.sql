-- Throws a draft away: the one that its member saw, if it is still there, or whichever there is. A row
-- if there was one.
-- $1 member, $2 place, $3 its kind, $4 time of the draft that was seen, or null
DELETE FROM drafts WHERE member_id = $1 AND place_id = $2 AND place_kind = $3
  AND ($4 IS NULL OR update_time = $4)
RETURNING place_id
