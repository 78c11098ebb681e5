-- Accounts whose name or address begins as asked, without case: those whose name does, by name,
-- then the others, by address. In the order of code points: what begins alike stands together from
-- the beginning itself to the last code point behind it. The ranges are read from their indexes
-- alone, only the accounts of the page are looked up.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, $4 beginning, $5
-- name and $6 id to go on after, $7 address and $8 id to go on after
WITH asked AS MATERIALIZED (
  SELECT lower($4 COLLATE "und-x-icu") COLLATE "C" AS beginning
), found AS (
  SELECT entry.*
  FROM (VALUES (1::smallint, false), (1, true), (2, false), (2, true)) kind (affiliation, suspended)
  CROSS JOIN LATERAL (
    (SELECT 1 AS part, name_key COLLATE "C" AS term, id
     FROM accounts
     WHERE affiliation = kind.affiliation AND suspended = kind.suspended
       AND (name_key COLLATE "C", id) > (greatest($5 COLLATE "C", (SELECT beginning FROM asked)), $6)
       AND name_key COLLATE "C" < (SELECT beginning || chr(1114111) FROM asked)
     ORDER BY name_key COLLATE "C", id
     LIMIT $3)
    UNION ALL
    (SELECT 2, email COLLATE "C", id
     FROM accounts
     WHERE affiliation = kind.affiliation AND suspended = kind.suspended
       AND (email COLLATE "C", id) > (greatest($7 COLLATE "C", (SELECT beginning FROM asked)), $8)
       AND email COLLATE "C" < (SELECT beginning || chr(1114111) FROM asked)
       AND NOT starts_with(name_key COLLATE "C", (SELECT beginning FROM asked))
     ORDER BY email COLLATE "C", id
     LIMIT $3)
  ) entry
  WHERE ($1 = 0 OR kind.affiliation = $1)
    AND ($2 = 0 OR kind.suspended = ($2 = 2))
  ORDER BY entry.part, entry.term, entry.id
  LIMIT $3
)
SELECT account.*, found.part, found.term
FROM found
CROSS JOIN LATERAL (
  SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
         administrator, suspend_time, suspend_reason, suspend_expire_time
  FROM accounts
  WHERE id = found.id
  LIMIT 1
) account
ORDER BY found.part, found.term, found.id
