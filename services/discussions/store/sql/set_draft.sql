-- Stores a draft in place of the one that its member saw, or where it saw none, if there is room
-- for one more. Says whether there was room, and since when it is stored: null when something else
-- stands there by now.
-- $1 member, $2 place, $3 its kind, $4 topic of a post or null, $5 title, $6 markdown,
-- $7 time of the draft that was seen or null, $8 time, $9 how many drafts a member may have,
-- $10 what it holds beside these
WITH room AS (
  SELECT count(*) < $9 OR bool_or(place_id = $2 AND place_kind = $3) AS is_left
  FROM drafts WHERE member_id = $1
), stored AS (
  INSERT INTO drafts AS draft
    (member_id, place_id, place_kind, topic_id, title, markdown, rest, update_time)
  SELECT $1, $2, $3, $4, $5, $6, $10, $8
  FROM room
  WHERE room.is_left
    AND ($7 IS NULL OR EXISTS (SELECT FROM drafts
                                WHERE member_id = $1 AND place_id = $2 AND place_kind = $3))
  ON CONFLICT ON CONSTRAINT one_draft_per_place DO UPDATE
    SET title = excluded.title, markdown = excluded.markdown, rest = excluded.rest,
        whole = true,
        update_time = greatest(excluded.update_time, draft.update_time + interval '1 microsecond')
    WHERE draft.update_time = $7
  RETURNING update_time
)
SELECT room.is_left, (SELECT update_time FROM stored) FROM room
