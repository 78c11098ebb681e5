-- Gives a community its mark, or takes it away, and writes into it and those below whether they are
-- archived; says which of them changed, parents first. All are locked. The tree is walked down by
-- its index: there are at most five levels.
-- $1 community, $2 mark or null, $3 whether the community above is archived
WITH RECURSIVE below AS (
  SELECT id, $2::timestamptz AS mark, $3 OR $2 IS NOT NULL AS archived FROM communities WHERE id = $1
  UNION ALL
  SELECT child.id, child.archive_time, below.archived OR child.archive_time IS NOT NULL
  FROM below JOIN communities child ON child.parent_id = below.id
), marked AS (
  UPDATE communities community
  SET archive_time = below.mark, archived = below.archived, version = version + 1
  FROM below
  WHERE community.id = below.id
    AND (community.archived, community.archive_time) IS DISTINCT FROM (below.archived, below.mark)
  RETURNING community.id, community.version, community.ancestor_ids
)
SELECT id, version FROM marked ORDER BY ancestor_ids, id
