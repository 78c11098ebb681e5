-- Creates the memberships that do not exist yet, counts them and says which they were. After
-- read_memberships_to_import. Requests and invitations about them are answered by that.
-- $1 communities, $2 members, $3 roles, $4 times
WITH created AS (
  INSERT INTO memberships (community_id, member_id, role, create_time)
  SELECT wanted.community_id, wanted.member_id, wanted.role, wanted.create_time
  FROM unnest($1, $2, $3, $4) AS wanted(community_id, member_id, role, create_time)
  ORDER BY community_id, member_id
  ON CONFLICT DO NOTHING
  RETURNING community_id, member_id
), counted AS (
  UPDATE communities community SET member_count = member_count + tally.n
  FROM (SELECT community_id, count(*)::int AS n FROM created GROUP BY community_id) tally
  WHERE community.id = tally.community_id
), found_by AS (
  UPDATE members member SET community_ids = member.community_ids || joined.ids
  FROM (SELECT member_id, array_agg(community_id) AS ids FROM created GROUP BY member_id) joined
  WHERE member.id = joined.member_id
), answered AS (
  DELETE FROM proposals proposal USING created
  WHERE proposal.community_id = created.community_id AND proposal.member_id = created.member_id
)
SELECT community_id, member_id FROM created
