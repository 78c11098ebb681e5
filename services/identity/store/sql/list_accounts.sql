-- Accounts as they are asked for, by name.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, $4 name and $5 id
-- to go on after
SELECT account.*
FROM (VALUES (1::smallint, false), (1, true), (2, false), (2, true)) kind (affiliation, suspended)
CROSS JOIN LATERAL (
  SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time,
         administrator, suspend_time, suspend_reason, suspend_expire_time, name_key
  FROM accounts
  WHERE affiliation = kind.affiliation AND suspended = kind.suspended
    AND (name_key, id) > (lower($4 COLLATE "und-x-icu"), $5)
  ORDER BY name_key, id
  LIMIT $3
) account
WHERE ($1 = 0 OR kind.affiliation = $1)
  AND ($2 = 0 OR kind.suspended = ($2 = 2))
ORDER BY account.name_key, account.id
LIMIT $3
