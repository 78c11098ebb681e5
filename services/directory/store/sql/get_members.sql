-- The profiles of those among the members asked for whom the viewer may see. Of somebody whom an
-- external viewer knows only as a member of a community that everybody may read, for whose posts
-- are there to be read: the name and nothing more.
-- $1 members, $2 viewer, $3 whether the viewer is external
WITH asked AS MATERIALIZED (
  SELECT member.*, sees_member($2, $3, id) AS known FROM members member WHERE id = ANY ($1)
)
SELECT id, display_name,
       CASE WHEN known THEN headline ELSE '' END,
       CASE WHEN known THEN location ELSE '' END,
       CASE WHEN known THEN time_zone ELSE '' END,
       CASE WHEN known THEN skills ELSE '{}' END,
       CASE WHEN known THEN interests ELSE '{}' END,
       CASE WHEN known THEN projects ELSE '{}' END,
       CASE WHEN known THEN languages ELSE '{}' END,
       CASE WHEN known THEN pronouns ELSE '' END,
       CASE WHEN known THEN working_hours ELSE '{}' END,
       affiliation, version, create_time, known AND suspended
FROM asked
WHERE known OR reads_name_of($2, id)
