-- What is true of memberships that an import brings: what the member is, whom the community admits
-- (null where there is none), whether the member is banned or has left, and the role. After
-- hold_members and lock_communities, so that none of it changes meanwhile.
-- $1 communities, $2 members
SELECT member.affiliation, community.admits,
       EXISTS (SELECT FROM bans
               WHERE bans.member_id = wanted.member_id
                 AND bans.community_id = ANY (community.ancestor_ids || community.id)),
       EXISTS (SELECT FROM ended_memberships
               WHERE (community_id, member_id) = (wanted.community_id, wanted.member_id)),
       membership.role
FROM unnest($1, $2) WITH ORDINALITY AS wanted(community_id, member_id, place)
LEFT JOIN members member ON member.id = wanted.member_id
LEFT JOIN communities community ON community.id = wanted.community_id
LEFT JOIN memberships membership
  ON membership.community_id = wanted.community_id AND membership.member_id = wanted.member_id
ORDER BY place
