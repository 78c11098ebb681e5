-- Who voted by name in the poll of a topic that stands in a community, after a member.
-- $1 community, $2 topic, $3 member to go on after, $4 how many
SELECT member_id, options, vote_time
FROM poll_votes
WHERE topic_id = $2 AND member_id > $3
  AND EXISTS (SELECT FROM topics WHERE id = $2 AND community_id = $1 AND delete_time IS NULL)
ORDER BY member_id
LIMIT $4
