-- Whether there is a request or an invitation.
-- $1 community, $2 member, $3 kind
SELECT EXISTS (
  SELECT FROM proposals WHERE community_id = $1 AND member_id = $2 AND kind = $3)
