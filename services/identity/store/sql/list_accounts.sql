-- Accounts as they are asked for, by name. The four ranges are merged as they are read, so no more
-- rows are than are answered; with one range for all, or a join of them, they would not be.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, at most 101, $4
-- name and $5 id to go on after
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time, administrator,
       suspend_time, suspend_reason, suspend_expire_time
FROM (
  (SELECT * FROM accounts
   WHERE $1 <> 2 AND $2 <> 2 AND affiliation = 1 AND NOT suspended
     AND (name_key, id) > (lower($4 COLLATE "und-x-icu"), $5)
   ORDER BY name_key, id LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 2 AND $2 <> 1 AND affiliation = 1 AND suspended
     AND (name_key, id) > (lower($4 COLLATE "und-x-icu"), $5)
   ORDER BY name_key, id LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 1 AND $2 <> 2 AND affiliation = 2 AND NOT suspended
     AND (name_key, id) > (lower($4 COLLATE "und-x-icu"), $5)
   ORDER BY name_key, id LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 1 AND $2 <> 1 AND affiliation = 2 AND suspended
     AND (name_key, id) > (lower($4 COLLATE "und-x-icu"), $5)
   ORDER BY name_key, id LIMIT 101)
) account
ORDER BY name_key, id
LIMIT $3
