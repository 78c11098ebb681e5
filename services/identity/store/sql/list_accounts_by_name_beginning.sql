-- Accounts whose name begins as asked, without case, by name. In the order of code points: what
-- begins alike stands together from the beginning itself to the last code point behind it. Ranges
-- as in list_accounts.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, at most 51, $4
-- beginning, $5 name and $6 id to go on after
WITH asked AS MATERIALIZED (
  SELECT beginning, greatest($5 COLLATE "C", beginning) AS start, beginning || chr(1114111) AS stop
  FROM (SELECT lower($4 COLLATE "und-x-icu") COLLATE "C" AS beginning) given
)
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time, administrator,
       suspend_time, suspend_reason, suspend_expire_time, term
FROM (
  (SELECT *, name_key COLLATE "C" AS term FROM accounts
   WHERE $1 <> 2 AND $2 <> 2 AND affiliation = 1 AND NOT suspended
     AND (name_key COLLATE "C", id) > ((SELECT start FROM asked), $6)
     AND name_key COLLATE "C" < (SELECT stop FROM asked)
   ORDER BY term, id LIMIT 51)
  UNION ALL
  (SELECT *, name_key COLLATE "C" AS term FROM accounts
   WHERE $1 <> 2 AND $2 <> 1 AND affiliation = 1 AND suspended
     AND (name_key COLLATE "C", id) > ((SELECT start FROM asked), $6)
     AND name_key COLLATE "C" < (SELECT stop FROM asked)
   ORDER BY term, id LIMIT 51)
  UNION ALL
  (SELECT *, name_key COLLATE "C" AS term FROM accounts
   WHERE $1 <> 1 AND $2 <> 2 AND affiliation = 2 AND NOT suspended
     AND (name_key COLLATE "C", id) > ((SELECT start FROM asked), $6)
     AND name_key COLLATE "C" < (SELECT stop FROM asked)
   ORDER BY term, id LIMIT 51)
  UNION ALL
  (SELECT *, name_key COLLATE "C" AS term FROM accounts
   WHERE $1 <> 1 AND $2 <> 1 AND affiliation = 2 AND suspended
     AND (name_key COLLATE "C", id) > ((SELECT start FROM asked), $6)
     AND name_key COLLATE "C" < (SELECT stop FROM asked)
   ORDER BY term, id LIMIT 51)
) account
ORDER BY term, id
LIMIT $3
