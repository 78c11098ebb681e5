-- Posts and topics that are found no more.
-- $1 posts, $2 topics
DELETE FROM post_words WHERE post_id = ANY ($1) OR topic_id = ANY ($2)
