-- Whether a held member is suspended, whether it is imported, and who else can act as an owner of a
-- locked community: of it, or of the nearest one above that has such an owner, the one of longest
-- standing; null where there is nobody.
-- $1 community, $2 member
SELECT coalesce((SELECT suspended FROM members WHERE id = $2), false), is_imported($2),
       (SELECT owner.member_id
        FROM communities community
        CROSS JOIN unnest(ancestor_ids || community.id) WITH ORDINALITY AS owned(id, depth)
        JOIN memberships owner ON owner.community_id = owned.id AND owner.role = 3
        WHERE community.id = $1
          AND NOT (owned.id = $1 AND owner.member_id = $2)
          AND NOT (SELECT suspended FROM members WHERE id = owner.member_id)
          AND NOT is_imported(owner.member_id)
          AND NOT is_banned(owner.member_id, community)
          AND NOT EXISTS (SELECT FROM mutes mute
                          WHERE mute.member_id = owner.member_id
                            AND mute.community_id = ANY (community.ancestor_ids || community.id))
          AND (owned.id = $1 OR community.admits = 2
               OR (SELECT affiliation FROM members WHERE id = owner.member_id) = 1)
        ORDER BY owned.depth DESC, owner.create_time, owner.member_id
        LIMIT 1)
