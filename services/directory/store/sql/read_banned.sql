-- Whether a member is banned from a locked community or from one above it.
-- $1 community, $2 member
SELECT is_banned($2, community) FROM communities community WHERE id = $1
