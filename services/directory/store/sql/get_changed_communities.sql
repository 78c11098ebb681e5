-- Communities by id, in no order, with their parents.
-- $1 ids
SELECT id, parent_id, display_name, description, kind, visibility, admits, member_count, version,
       create_time, archived, archive_time, location
FROM communities
WHERE id = ANY ($1)
