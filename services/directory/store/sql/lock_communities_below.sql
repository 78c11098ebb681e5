-- Holds the communities below a locked one until the end of the transaction, parents first: the
-- ancestors of a parent are the first ones of its child's. The tree is walked down by its index.
-- $1 community
WITH RECURSIVE below AS (
  SELECT id FROM communities WHERE parent_id = $1
  UNION ALL
  SELECT child.id FROM below JOIN communities child ON child.parent_id = below.id
)
SELECT FROM communities
WHERE id = ANY (ARRAY (SELECT id FROM below))
ORDER BY ancestor_ids, id
FOR UPDATE
