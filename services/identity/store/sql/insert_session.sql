-- Begins a session.
-- $1 id, $2 account, $3 secret hash, $4 time, $5 expiry, $6 user agent, $7 place
INSERT INTO sessions (id, account_id, secret_hash, create_time, last_used_time, expire_time,
                      user_agent, place)
VALUES ($1, $2, $3, $4, $4, $5, $6, $7)
