-- Accounts as they are asked for, the newest first. Ranges as in list_accounts.
-- $1 affiliation or 0, $2 state (1 may be used, 2 suspended) or 0, $3 how many, at most 101, $4
-- time and $5 id to go on after
SELECT id, email, display_name, affiliation, password_hash, pepper_id, create_time, administrator,
       suspend_time, suspend_reason, suspend_expire_time
FROM (
  (SELECT * FROM accounts
   WHERE $1 <> 2 AND $2 <> 2 AND affiliation = 1 AND NOT suspended
     AND (create_time, id) < ($4, $5)
   ORDER BY create_time DESC, id DESC LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 2 AND $2 <> 1 AND affiliation = 1 AND suspended
     AND (create_time, id) < ($4, $5)
   ORDER BY create_time DESC, id DESC LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 1 AND $2 <> 2 AND affiliation = 2 AND NOT suspended
     AND (create_time, id) < ($4, $5)
   ORDER BY create_time DESC, id DESC LIMIT 101)
  UNION ALL
  (SELECT * FROM accounts
   WHERE $1 <> 1 AND $2 <> 1 AND affiliation = 2 AND suspended
     AND (create_time, id) < ($4, $5)
   ORDER BY create_time DESC, id DESC LIMIT 101)
) account
ORDER BY create_time DESC, id DESC
LIMIT $3
