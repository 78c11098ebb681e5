-- Holds a member whom the viewer may know of until the end of the transaction, so that nobody else
-- writes its memberships and bans.
-- $1 member, $2 viewer, $3 whether the viewer is external
SELECT affiliation FROM members
WHERE id = $1 AND (sees_member($2, $3, id) OR reads_name_of($2, id))
FOR NO KEY UPDATE
