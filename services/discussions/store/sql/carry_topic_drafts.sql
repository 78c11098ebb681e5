-- Drafts of posts go along into the topic that theirs has gone into, unless their member has one
-- there.
-- $1 topic, $2 where it goes
UPDATE drafts SET place_id = $2
WHERE place_id = $1 AND place_kind = 2
  AND NOT EXISTS (SELECT FROM drafts other
                  WHERE other.member_id = drafts.member_id AND other.place_id = $2
                    AND other.place_kind = 2)
