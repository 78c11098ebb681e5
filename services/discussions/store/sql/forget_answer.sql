-- A held topic has no accepted answer any more; says its new version.
-- $1 topic
UPDATE topics SET accepted_post_number = NULL, version = version + 1 WHERE id = $1
RETURNING version
