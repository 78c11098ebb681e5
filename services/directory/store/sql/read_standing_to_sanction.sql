-- How a member stands to a locked community: whether it owns one above it, whether it is banned from
-- this very community, and whether it is muted in it.
-- $1 community, $2 member
SELECT EXISTS (SELECT FROM memberships
               WHERE member_id = $2 AND role = 3 AND community_id = ANY (community.ancestor_ids)),
       EXISTS (SELECT FROM bans WHERE member_id = $2 AND community_id = $1),
       EXISTS (SELECT FROM mutes WHERE member_id = $2 AND community_id = $1)
FROM communities community
WHERE community.id = $1
