-- Whether each session, or the access token in its place, lives and how its account stands to the
-- organization, in the order of the question; when it runs out, when it was last used (a token ends
-- at its time, used or not), as of which revision all this is, and whether the account administers
-- the organization, which no token does.
-- $1 sessions and tokens, $2 now, $3 live since
SELECT coalesce(session.revoke_time IS NULL AND session.expire_time > $2
                AND session.last_used_time > $3,
                token.revoke_time IS NULL AND token.expire_time > $2, false),
       coalesce(account.affiliation, 0), account.id,
       coalesce(session.expire_time, token.expire_time),
       coalesce(session.last_used_time, token.expire_time),
       (SELECT revision FROM access_head),
       coalesce(session.id IS NOT NULL AND account.administrator, false)
FROM unnest($1) WITH ORDINALITY AS question(id, place)
LEFT JOIN sessions session ON session.id = question.id
LEFT JOIN access_tokens token ON token.id = question.id
LEFT JOIN accounts account ON account.id = coalesce(session.account_id, token.account_id)
ORDER BY question.place
