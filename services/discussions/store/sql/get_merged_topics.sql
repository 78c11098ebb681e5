-- Into which topics those of some have gone whose posts have.
-- $1 topics
SELECT id, merged_into_id FROM topics WHERE id = ANY ($1) AND merged_into_id IS NOT NULL
