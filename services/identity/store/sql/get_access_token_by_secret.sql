-- The access token of a secret and whose it is, ended ones too.
-- $1 secret hash
SELECT token.id, token.account_id, token.display_name, token.scope, token.create_time,
       token.expire_time, token.last_used_time, token.revoke_time,
       account.display_name, account.affiliation
FROM access_tokens token
JOIN accounts account ON account.id = token.account_id
WHERE token.secret_hash = $1
