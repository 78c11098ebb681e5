-- The profiles of those among the members asked for whom the viewer may see.
-- $1 members, $2 viewer, $3 whether the viewer is external
SELECT id, display_name, headline, location, time_zone, skills, interests, projects, languages,
       affiliation, version, create_time
FROM members
WHERE id = ANY ($1) AND sees_member($2, $3, id)
