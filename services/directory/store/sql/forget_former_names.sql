-- Forgets what a locked community was called.
-- $1 community
DELETE FROM former_names WHERE community_id = $1
