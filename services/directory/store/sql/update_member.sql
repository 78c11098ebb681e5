-- Stores an edited profile.
-- $1 member, $2 display name, $3 headline, $4 location, $5 time zone, $6 skills, $7 interests,
-- $8 projects, $9 languages, $10 version, $11 pronouns, $12 working hours
UPDATE members
SET display_name = $2, headline = $3, location = $4, time_zone = $5, skills = $6, interests = $7,
    projects = $8, languages = $9, version = $10, pronouns = $11, working_hours = $12
WHERE id = $1
