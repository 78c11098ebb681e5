-- Whether a held member is suspended, and who else owns a locked community and is not, the owner of
-- longest standing; null where there is nobody.
-- $1 community, $2 member
SELECT coalesce((SELECT suspended FROM members WHERE id = $2), false),
       (SELECT member_id FROM memberships
        WHERE community_id = $1 AND role = 3 AND member_id <> $2
          AND NOT (SELECT suspended FROM members WHERE id = member_id)
        ORDER BY create_time, member_id
        LIMIT 1)
