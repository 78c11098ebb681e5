-- How many beside a member own a community, and are neither suspended nor imported, counted to 1:
-- more never matters.
-- $1 community, $2 member
SELECT count(*)::int
FROM (SELECT FROM memberships
      WHERE community_id = $1 AND role = 3 AND member_id <> $2
        AND NOT (SELECT suspended FROM members WHERE id = member_id)
        AND NOT is_imported(member_id)
      LIMIT 1) others
