-- Stores that a locked topic stands in another community.
-- $1 topic, $2 community, $3 version
UPDATE topics SET community_id = $2, pinned = false, version = $3 WHERE id = $1
