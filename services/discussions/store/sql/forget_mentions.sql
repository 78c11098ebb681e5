-- A post does not mention these any more.
-- $1 post, $2 members or nulls, $3 kinds (arrays of the same length)
DELETE FROM mentions
USING unnest($2, $3) AS gone(member_id, kind)
WHERE mentions.post_id = $1 AND mentions.kind = gone.kind
  AND mentions.member_id IS NOT DISTINCT FROM gone.member_id
