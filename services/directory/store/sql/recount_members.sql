-- Counts the members of some communities anew, mends what differs and says which. After
-- lock_communities_after, so that nobody joins between the count and its correction.
-- $1 communities
UPDATE communities community
SET member_count = recount.n
FROM (SELECT wanted.id, count(membership.member_id)::int AS n
      FROM unnest($1) AS wanted(id)
      LEFT JOIN memberships membership ON membership.community_id = wanted.id
      GROUP BY wanted.id) recount
WHERE community.id = recount.id AND community.member_count <> recount.n
RETURNING community.id, community.version
