-- Holds some communities until the end of the transaction, parents first, as everybody who holds
-- several does: the ancestors of a parent are the first ones of its child's.
-- $1 communities
SELECT FROM communities WHERE id = ANY ($1) ORDER BY ancestor_ids, id FOR UPDATE
