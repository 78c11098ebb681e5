-- Whether an external belongs to a community, whose row is locked: who joins locks it too.
-- $1 community
SELECT EXISTS (
    SELECT FROM memberships JOIN members ON members.id = memberships.member_id
    WHERE memberships.community_id = $1 AND members.affiliation = 2
)
