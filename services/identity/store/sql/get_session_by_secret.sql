-- The session of a secret and whose it is, ended ones too.
-- $1 secret hash
SELECT session.id, session.account_id, session.create_time, session.last_used_time,
       session.expire_time, session.revoke_time, session.user_agent, session.place,
       account.display_name, account.affiliation
FROM sessions session
JOIN accounts account ON account.id = session.account_id
WHERE session.secret_hash = $1
