-- What changed after a revision, in order.
-- $1 revision, $2 how many
SELECT revision, kind, subject, object
FROM access_changes
WHERE revision > $1
ORDER BY revision, place
LIMIT $2
