-- Of some locked communities those that stand, with their ancestors and what they were last imported
-- from.
-- $1 communities
SELECT id, parent_id, display_name, description, kind, visibility, admits, member_count, version,
       create_time, archived, archive_time, location, ancestor_ids, imported_mark
FROM communities
WHERE id = ANY ($1)
