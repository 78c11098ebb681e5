-- Creates the communities that do not exist yet and says which.
-- $1 ids, $2 parents or null, $3 display names, $4 descriptions, $5 kinds, $6 visibilities,
-- $7 admits, $8 creation times, $9 locations, $10 marks
INSERT INTO communities (id, parent_id, ancestor_ids, display_name, description, kind, visibility,
                         admits, create_time, archived, location, imported_mark)
SELECT wanted.id, parent.id,
       CASE WHEN parent.id IS NULL THEN '{}' ELSE parent.ancestor_ids || parent.id END,
       wanted.display_name, wanted.description, wanted.kind, wanted.visibility, wanted.admits,
       wanted.create_time, coalesce(parent.archived, false), wanted.location, wanted.mark
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  AS wanted(id, parent_id, display_name, description, kind, visibility, admits, create_time,
            location, mark)
LEFT JOIN communities parent ON parent.id = wanted.parent_id
ON CONFLICT (id) DO NOTHING
RETURNING id
