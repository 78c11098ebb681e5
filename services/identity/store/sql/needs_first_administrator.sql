-- Whether nobody administers, nor may by a secret that holds.
-- $1 kind, $2 now
SELECT NOT EXISTS (SELECT FROM accounts WHERE administrator)
   AND NOT EXISTS (SELECT FROM one_time_secrets WHERE kind = $1 AND expire_time > $2)
