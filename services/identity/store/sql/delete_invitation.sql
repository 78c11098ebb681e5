-- Takes an invitation back that holds, and says so.
-- $1 id, $2 now
DELETE FROM invitations WHERE id = $1 AND expire_time > $2 RETURNING id
