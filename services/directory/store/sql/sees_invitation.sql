-- Whether a member is invited into a community and not banned from it: of an invitation from where
-- it is banned it does not know.
-- $1 community, $2 member
SELECT EXISTS (SELECT FROM proposals proposal
               JOIN communities community ON community.id = proposal.community_id
               WHERE proposal.community_id = $1 AND proposal.member_id = $2 AND proposal.kind = 2
                 AND NOT is_banned($2, community))
