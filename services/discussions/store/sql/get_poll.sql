-- The poll of a topic that stands in a community, whether a member has voted, and what it chose by
-- name.
-- $1 topic, $2 community, $3 member
SELECT poll.topic_id, poll.close_time, poll.voter_count, poll.choice, poll.ballot, poll.results,
       poll.closed, poll.vote_counts, poll.options,
       vote.options IS NOT NULL
         OR EXISTS (SELECT FROM poll_voters WHERE topic_id = $1 AND member_id = $3),
       vote.options, poll.closer_id
FROM topics topic
JOIN polls poll ON poll.topic_id = topic.id
LEFT JOIN poll_votes vote ON vote.topic_id = topic.id AND vote.member_id = $3
WHERE topic.id = $1 AND topic.community_id = $2 AND topic.delete_time IS NULL
