-- Stores of what records held members were last imported from.
-- $1 members, $2 marks
UPDATE members SET imported_mark = wanted.mark
FROM unnest($1, $2) AS wanted(id, mark)
WHERE members.id = wanted.id
