-- For each pair of member and community what access decisions need, in the order of the question.
-- A community that is nil in the question has no facts. Last, as of which revision they are.
-- $1 members, $2 communities (arrays of the same length)
SELECT coalesce(member.affiliation, 0),
       coalesce(community.visibility, 0),
       coalesce(community.admits, 0),
       coalesce(membership.role, 0),
       community.id IS NOT NULL AND EXISTS (
         SELECT FROM memberships above
         WHERE above.member_id = question.member_id AND above.role = 3
           AND above.community_id = ANY (community.ancestor_ids)),
       community.id IS NOT NULL AND EXISTS (
         SELECT FROM bans ban
         WHERE ban.member_id = question.member_id
           AND ban.community_id = ANY (community.ancestor_ids || community.id)),
       coalesce(community.archived, false),
       community.id IS NOT NULL AND EXISTS (
         SELECT FROM mutes mute
         WHERE mute.member_id = question.member_id
           AND mute.community_id = ANY (community.ancestor_ids || community.id)),
       (SELECT revision FROM access_head)
FROM unnest($1, $2) WITH ORDINALITY AS question(member_id, community_id, place)
LEFT JOIN members member ON member.id = question.member_id
LEFT JOIN communities community ON community.id = question.community_id
LEFT JOIN memberships membership ON membership.community_id = question.community_id
                                AND membership.member_id = question.member_id
ORDER BY question.place
