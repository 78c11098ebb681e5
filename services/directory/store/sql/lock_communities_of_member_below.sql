-- Holds those among a community and the ones below it to which a member belongs until the end of
-- the transaction, parents first: the ancestors of a parent are the first ones of its child's. The
-- member is held, so it joins no other meanwhile.
-- $1 community, $2 member
SELECT FROM communities community
JOIN memberships membership ON membership.community_id = community.id AND membership.member_id = $2
WHERE community.id = $1 OR $1 = ANY (community.ancestor_ids)
ORDER BY community.ancestor_ids, community.id
FOR UPDATE OF community
