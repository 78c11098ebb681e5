-- Some profiles, held until the end of the transaction in order of their ids, with what they were
-- last imported from.
-- $1 members
SELECT id, display_name, headline, location, time_zone, skills, interests, projects, languages,
       pronouns, working_hours, affiliation, version, create_time, suspended, imported_mark
FROM members
WHERE id = ANY ($1)
ORDER BY id
FOR UPDATE
