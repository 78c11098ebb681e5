-- A profile, held until the end of the transaction.
-- $1 member
SELECT id, display_name, headline, location, time_zone, skills, interests, projects, languages,
       pronouns, working_hours, affiliation, version, create_time, suspended
FROM members
WHERE id = $1
FOR UPDATE
