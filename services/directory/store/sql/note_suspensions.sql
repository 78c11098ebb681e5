-- Notes which accounts are suspended and which are not, and says which profiles tell that anew.
-- Their members are held.
-- $1 suspended, $2 others
WITH ended AS (
  DELETE FROM suspended_accounts WHERE member_id = ANY ($2)
), begun AS (
  INSERT INTO suspended_accounts (member_id) SELECT unnest($1) ON CONFLICT DO NOTHING
)
UPDATE members SET suspended = (id = ANY ($1)), version = version + 1
WHERE id = ANY ($1 || $2) AND suspended <> (id = ANY ($1))
RETURNING id, version
