-- Creates the members that do not exist yet and says which. In order of the ids, so that two calls
-- for the same members never wait for each other in a ring.
-- $1 ids, $2 display names, $3 headlines, $4 locations, $5 time zones, $6 affiliations,
-- $7 creation times, $8 marks or nulls
INSERT INTO members (id, display_name, headline, location, time_zone, affiliation, create_time,
                     imported_mark)
SELECT id, display_name, headline, location, time_zone, affiliation, create_time, mark
FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
  AS wanted(id, display_name, headline, location, time_zone, affiliation, create_time, mark)
ORDER BY id
ON CONFLICT (id) DO NOTHING
RETURNING id
