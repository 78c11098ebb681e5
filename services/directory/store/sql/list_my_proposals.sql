-- A member's own requests to join (kind 1), or the invitations that wait for its answer (kind 2),
-- newest first, after (time, community), with what they are about. Requests are about what the
-- member sees: what ends sight ends them, and should one stand all the same, it is left out.
-- Whether it sees otherwise what it is invited into does not matter; of an invitation from where it
-- is banned it learns when the ban has ended.
-- $1 member, $2 whether the member is external, $3 kind, $4 time and $5 community to go on after,
-- $6 how many
SELECT proposal.kind, proposal.member_id, proposal.creator_id, proposal.message, proposal.state,
       proposal.create_time, proposal.expire_time, proposal.decline_reason,
       community.id, community.display_name, community.description, community.kind
FROM proposals proposal
JOIN communities community ON community.id = proposal.community_id
WHERE proposal.member_id = $1 AND proposal.kind = $3
  AND (proposal.kind = 1 OR proposal.state = 1)
  AND proposal.create_time <= $4
  AND (proposal.create_time < $4 OR proposal.community_id > $5)
  AND CASE proposal.kind WHEN 1 THEN sees_community($1, $2, community)
           ELSE (community.admits = 2 OR NOT $2) AND NOT is_banned($1, community) END
ORDER BY proposal.create_time DESC, proposal.community_id
LIMIT $6
