-- Holds a tag of a community until the end of the transaction, and reads nothing: what the lock
-- protects is read by the next statement, in the same round trip.
-- $1 community, $2 tag
SELECT FROM community_tags WHERE community_id = $1 AND tag = $2 FOR NO KEY UPDATE
