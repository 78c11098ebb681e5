-- Stores of what records locked communities were last imported from.
-- $1 communities, $2 marks
UPDATE communities SET imported_mark = wanted.mark
FROM unnest($1, $2) AS wanted(id, mark)
WHERE communities.id = wanted.id
