-- The community above one; set once, so it is read without a lock.
-- $1 community
SELECT parent_id FROM communities WHERE id = $1
