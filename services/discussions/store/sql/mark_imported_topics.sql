-- Stores of what records held topics were last imported from.
-- $1 topics, $2 marks
UPDATE topics SET imported_mark = wanted.mark
FROM unnest($1, $2) AS wanted(id, mark)
WHERE topics.id = wanted.id
