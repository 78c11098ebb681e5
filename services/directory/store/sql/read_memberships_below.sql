-- How a member belongs to a community and to those below it, and whether it is their last owner who
-- is neither suspended nor imported: there is no other one.
-- After lock_communities_of_member_below.
-- $1 community, $2 member
SELECT community.id, membership.role,
       membership.role = 3
       AND NOT EXISTS (SELECT FROM memberships other
                       WHERE other.community_id = community.id AND other.role = 3
                         AND other.member_id <> $2
                         AND NOT (SELECT suspended FROM members WHERE id = other.member_id)
                         AND NOT is_imported(other.member_id))
FROM memberships membership
JOIN communities community ON community.id = membership.community_id
WHERE membership.member_id = $2
  AND (community.id = $1 OR $1 = ANY (community.ancestor_ids))
ORDER BY community.ancestor_ids, community.id
