-- How a held member stands to a locked community into which a viewer invites it: whether it belongs
-- to it; whether it is suspended; whether it is banned from it or from one above it, as far as the
-- viewer may know, who keeps order where the ban was made; how many invitations the community has
-- and how many wait for the member, each counted to its limit.
-- $1 community, $2 member, $3 viewer, $4 whether the viewer is external, $5 limit of the former and
-- $6 of the latter
SELECT EXISTS (SELECT FROM memberships WHERE community_id = $1 AND member_id = $2),
       (SELECT suspended FROM members WHERE id = $2),
       EXISTS (SELECT FROM bans ban
               JOIN communities place ON place.id = ban.community_id
               WHERE ban.member_id = $2
                 AND ban.community_id = ANY (community.ancestor_ids || community.id)
                 AND keeps_order_in($3, $4, place)),
       (SELECT count(*)::int
        FROM (SELECT FROM proposals WHERE community_id = $1 AND kind = 2 LIMIT $5) standing),
       (SELECT count(*)::int
        FROM (SELECT FROM proposals
              WHERE member_id = $2 AND kind = 2 AND state = 1 LIMIT $6) waiting)
FROM communities community
WHERE community.id = $1
