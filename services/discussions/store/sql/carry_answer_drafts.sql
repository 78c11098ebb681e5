-- Drafts of answers go along with the posts that they answer.
-- $1 topic where they go, $2 posts
UPDATE drafts SET topic_id = $1 WHERE place_id = ANY ($2) AND place_kind = 3
