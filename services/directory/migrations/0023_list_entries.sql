-- Which entries of the catalog a list shows: those that the viewer may see and that are as asked; 0
-- and empty ask for nothing. In the one place of SQL that says so, whatever the order. Of what the
-- viewer is banned from the statements leave out the communities that they read.
--
-- Becomes a part of the statement that asks it, and so of an index's condition, as long as it is one
-- SELECT without WITH and STABLE; tests of plans see it.
CREATE FUNCTION listed_entries(viewer_id uuid, viewer_is_external boolean, asked_parent_id uuid,
                               asked_kind int, asked_admits int, asked_location text,
                               with_archived boolean)
RETURNS SETOF community_catalog LANGUAGE sql STABLE AS $$
  SELECT entry.*
  FROM community_catalog entry
  WHERE (asked_parent_id IS NULL
         OR entry.parent_id = asked_parent_id
            AND EXISTS (SELECT FROM communities parent
                        WHERE parent.id = asked_parent_id
                          AND sees_community(viewer_id, viewer_is_external, parent)))
    AND (asked_kind = 0 OR entry.kind = asked_kind)
    AND (asked_admits = 0 OR entry.admits = asked_admits)
    AND (asked_location = '' OR entry.location_key = (SELECT search_key(asked_location)))
    AND (with_archived OR NOT entry.archived)
    AND (entry.visibility <> 3 AND (entry.admits = 2 OR NOT viewer_is_external)
         OR entry.community_id IN (SELECT unnest(community_ids) FROM members WHERE id = viewer_id)
         OR (entry.admits = 2 OR NOT viewer_is_external)
            AND entry.community_id IN (
              SELECT id FROM communities
              WHERE visibility = 3
                AND ancestor_ids && ARRAY(SELECT community_id FROM memberships
                                          WHERE member_id = viewer_id AND role = 3)))
$$;
