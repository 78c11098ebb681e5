-- Whether each session lives and how its account stands to the organization, in the order of the
-- question; when it runs out, when it was last used, and as of which revision all this is.
-- $1 sessions, $2 now, $3 live since
SELECT coalesce(session.revoke_time IS NULL AND session.expire_time > $2
                AND session.last_used_time > $3, false),
       coalesce(account.affiliation, 0), session.account_id,
       session.expire_time, session.last_used_time,
       (SELECT revision FROM access_head)
FROM unnest($1) WITH ORDINALITY AS question(session_id, place)
LEFT JOIN sessions session ON session.id = question.session_id
LEFT JOIN accounts account ON account.id = session.account_id
ORDER BY question.place
