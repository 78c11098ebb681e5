-- Makes somebody a member and counts it; requests and invitations about it are answered by that.
-- The member is held.
-- $1 community, $2 member, $3 role, $4 time
WITH membership AS (
  INSERT INTO memberships (community_id, member_id, role, create_time)
  VALUES ($1, $2, $3, $4)
), found_by AS (
  UPDATE members SET community_ids = community_ids || $1 WHERE id = $2
), answered AS (
  DELETE FROM proposals WHERE community_id = $1 AND member_id = $2
)
UPDATE communities SET member_count = member_count + 1 WHERE id = $1
