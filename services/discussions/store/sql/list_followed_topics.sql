-- The topics for which a member chose a level, newest choice first, after (time, id), wherever they
-- stand; those that are gone are passed over.
-- $1 member, $2 level, $3 time and $4 id to go on after, $5 how many
SELECT topic.id, community_id, author_id, title, last_post_number, last_author_id, create_time,
       last_post_time, score, version, pinned, closer_id,
       kind, accepted_post_number, praised_ids, tags, follow.update_time
FROM topic_follows follow
JOIN topics topic ON topic.id = follow.topic_id AND topic.delete_time IS NULL
WHERE follow.member_id = $1 AND follow.level = $2 AND (follow.update_time, follow.topic_id) < ($3, $4)
ORDER BY follow.update_time DESC, follow.topic_id DESC
LIMIT $5
