-- Accounts whose address begins as asked and whose name does not, by address, of the next 100 whose
-- address does; the last of these in any case, because the list goes on after it. Ranges as in
-- list_accounts.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, $4 beginning, $5
-- address and $6 id to go on after
WITH asked AS MATERIALIZED (
  SELECT beginning, greatest($5 COLLATE "C", beginning) AS start, beginning || chr(1114111) AS stop
  FROM (SELECT lower($4 COLLATE "und-x-icu") COLLATE "C" AS beginning) given
), looked_at AS (
  SELECT *, row_number() OVER (ORDER BY term, id) = 100 AS last
  FROM (
    (SELECT *, email COLLATE "C" AS term FROM accounts
     WHERE $1 <> 2 AND $2 <> 2 AND affiliation = 1 AND NOT suspended
       AND (email COLLATE "C", id) > ((SELECT start FROM asked), $6)
       AND email COLLATE "C" < (SELECT stop FROM asked)
     ORDER BY term, id LIMIT 100)
    UNION ALL
    (SELECT *, email COLLATE "C" AS term FROM accounts
     WHERE $1 <> 2 AND $2 <> 1 AND affiliation = 1 AND suspended
       AND (email COLLATE "C", id) > ((SELECT start FROM asked), $6)
       AND email COLLATE "C" < (SELECT stop FROM asked)
     ORDER BY term, id LIMIT 100)
    UNION ALL
    (SELECT *, email COLLATE "C" AS term FROM accounts
     WHERE $1 <> 1 AND $2 <> 2 AND affiliation = 2 AND NOT suspended
       AND (email COLLATE "C", id) > ((SELECT start FROM asked), $6)
       AND email COLLATE "C" < (SELECT stop FROM asked)
     ORDER BY term, id LIMIT 100)
    UNION ALL
    (SELECT *, email COLLATE "C" AS term FROM accounts
     WHERE $1 <> 1 AND $2 <> 1 AND affiliation = 2 AND suspended
       AND (email COLLATE "C", id) > ((SELECT start FROM asked), $6)
       AND email COLLATE "C" < (SELECT stop FROM asked)
     ORDER BY term, id LIMIT 100)
    ORDER BY term, id
    LIMIT 100
  ) account
)
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time, administrator,
       suspend_time, suspend_reason, suspend_expire_time, term, fits, last
FROM (
  SELECT *, NOT starts_with(name_key COLLATE "C", (SELECT beginning FROM asked)) AS fits
  FROM looked_at
) account
WHERE fits OR last
ORDER BY term, id
LIMIT $3
