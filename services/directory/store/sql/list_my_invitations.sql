-- The invitations that wait for a member's answer, newest first, after (time, community), with what
-- they are into: whether the member sees that otherwise does not matter. None is from where it is
-- banned or not admitted: what makes it so ends them. Should one stand all the same, it is left
-- out.
-- $1 member, $2 whether the member is external, $3 time and $4 community to go on after,
-- $5 how many
WITH page AS MATERIALIZED (
  SELECT * FROM proposals
  WHERE member_id = $1 AND kind = 2 AND state = 1
    AND create_time <= $3
    AND (create_time < $3 OR community_id > $4)
  ORDER BY create_time DESC, community_id
  LIMIT $5
)
SELECT page.kind, page.member_id, page.creator_id, page.message, page.state, page.create_time,
       page.expire_time,
       community.id, community.display_name, community.description, community.kind
FROM page
JOIN communities community ON community.id = page.community_id
WHERE (community.admits = 2 OR NOT $2) AND NOT is_banned($1, community)
ORDER BY page.create_time DESC, page.community_id
