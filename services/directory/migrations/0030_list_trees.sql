-- Lists of communities as trees are shown: those at the top, those anywhere below one, and of each
-- whether a list of those below it holds any. As listed_entries of 0023_list_entries.sql, which goes
-- when no version asks it any more.

-- Whether anything is below a community is asked for each on a page: an index alone says it.
CREATE INDEX catalog_by_parent ON community_catalog (parent_id, community_id)
  INCLUDE (visibility, admits, archived) WHERE parent_id IS NOT NULL;

-- The communities below which a list shows any, with the same rules as listed_entries; one from
-- which the viewer is banned shows nothing.
CREATE FUNCTION listed_parents(viewer_id uuid, viewer_is_external boolean, with_archived boolean)
RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT entry.parent_id
  FROM listed_entries(viewer_id, viewer_is_external, NULL, 0, 0, '', with_archived) entry
  WHERE entry.parent_id IS NOT NULL
    AND NOT ((SELECT EXISTS (SELECT FROM bans WHERE member_id = viewer_id))
             AND entry.community_id IN (
               SELECT closed.community_id FROM community_catalog closed
               WHERE closed.ancestor_ids || closed.community_id
                     && ARRAY(SELECT community_id FROM bans WHERE member_id = viewer_id)))
$$;

-- Those at the top are those of which the viewer sees none right above: one whose parent is hidden
-- is shown as one without.
CREATE FUNCTION listed_entries(viewer_id uuid, viewer_is_external boolean, asked_parent_id uuid,
                               asked_kind int, asked_admits int, asked_location text,
                               with_archived boolean, at_top boolean, asked_ancestor_id uuid)
RETURNS SETOF community_catalog LANGUAGE sql STABLE AS $$
  SELECT entry.*
  FROM listed_entries(viewer_id, viewer_is_external, asked_parent_id, asked_kind, asked_admits,
                      asked_location, with_archived) entry
  WHERE (NOT at_top OR entry.parent_id IS NULL
         OR entry.parent_id NOT IN (
           SELECT seen.community_id
           FROM listed_entries(viewer_id, viewer_is_external, NULL, 0, 0, '', true) seen))
    AND (asked_ancestor_id IS NULL
         OR EXISTS (SELECT FROM communities above
                    WHERE above.id = asked_ancestor_id
                      AND sees_community(viewer_id, viewer_is_external, above))
            AND entry.community_id IN (SELECT below.community_id FROM community_catalog below
                                       WHERE asked_ancestor_id = ANY (below.ancestor_ids)))
$$;
