-- Stores an edited community.
-- $1 community, $2 display name, $3 description, $4 visibility, $5 admits, $6 version
UPDATE communities
SET display_name = $2, description = $3, visibility = $4, admits = $5, version = $6
WHERE id = $1
