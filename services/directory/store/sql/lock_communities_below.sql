-- Holds the communities below a locked one until the end of the transaction, parents first: the
-- ancestors of a parent are the first ones of its child's.
-- $1 community
SELECT FROM communities
WHERE $1 = ANY (ancestor_ids)
ORDER BY ancestor_ids, id
FOR UPDATE
