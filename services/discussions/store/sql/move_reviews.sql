-- Takes the reviews of a held topic along into another community.
-- $1 topic, $2 community
UPDATE flags SET community_id = $2 WHERE topic_id = $1 AND decide_time IS NULL
