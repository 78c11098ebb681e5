-- Whether an account has ever had a session from a place; an empty place is nobody's.
-- $1 account, $2 place
SELECT EXISTS (SELECT FROM sessions WHERE account_id = $1 AND place = $2 AND place <> '')
