-- A held topic has gone into another one, and so has what had gone into it before.
-- $1 topic, $2 the other, $3 time, $4 version
UPDATE topics
SET merged_into_id = $2,
    title = CASE WHEN id = $1 THEN '' ELSE title END,
    tags = CASE WHEN id = $1 THEN NULL ELSE tags END,
    delete_time = CASE WHEN id = $1 THEN $3 ELSE delete_time END,
    version = CASE WHEN id = $1 THEN $4 ELSE version END,
    accepted_post_number = NULL
WHERE id = $1 OR merged_into_id = $1
