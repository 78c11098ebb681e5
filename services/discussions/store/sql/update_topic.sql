-- Stores an edited topic.
-- $1 topic, $2 title, $3 pinned, $4 who closed it or null, $5 number of the accepted post or null,
-- $6 version, $7 tags or null, $8 kind
UPDATE topics
SET title = $2, pinned = $3, closer_id = $4, accepted_post_number = $5, version = $6, tags = $7,
    kind = $8
WHERE id = $1
