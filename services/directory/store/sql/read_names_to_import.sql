-- How names are compared, and who has them where they are to stand; SECRET ones are taken by nobody.
-- $1 parents or null, $2 display names
SELECT lower(wanted.display_name),
       (SELECT id FROM communities
        WHERE coalesce(parent_id, '00000000-0000-0000-0000-000000000000')
                = coalesce(wanted.parent_id, '00000000-0000-0000-0000-000000000000')
          AND display_key = lower(wanted.display_name) AND visibility <> 3)
FROM unnest($1, $2) WITH ORDINALITY AS wanted(parent_id, display_name, place)
ORDER BY place
