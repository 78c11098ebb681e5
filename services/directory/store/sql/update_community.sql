-- Stores an edited community, and until when those saw it who see less of it from now on.
-- $1 community, $2 display name, $3 description, $4 visibility, $5 admits, $6 version, $7 who sees
-- less: 0 nobody, 1 employees, 2 everyone, $8 location, $9 kind
UPDATE communities
SET display_name = $2, description = $3, visibility = $4, admits = $5, version = $6,
    location = $8, kind = $9,
    employees_saw_until = CASE WHEN $7 >= 1 THEN now() ELSE employees_saw_until END,
    everyone_saw_until = CASE WHEN $7 = 2 THEN now() ELSE everyone_saw_until END
WHERE id = $1
