-- Ends what a locked community leaves no room for: requests when it is SECRET, and requests and
-- invitations of externals when it does not admit them.
-- $1 community, $2 whether it is SECRET, $3 whether it admits employees only
DELETE FROM proposals proposal USING members member
WHERE proposal.community_id = $1 AND member.id = proposal.member_id
  AND ($2 AND proposal.kind = 1 OR $3 AND member.affiliation <> 1)
