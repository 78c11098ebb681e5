-- Who keeps order in a community: the same rule as COMMUNITY_MODERATE in libs/access/decide.cpp,
-- and a test holds the two against each other.
CREATE FUNCTION keeps_order_in(viewer_id uuid, viewer_is_external boolean, c communities)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (EXISTS (SELECT FROM memberships m
                  WHERE m.member_id = viewer_id AND m.community_id = c.id AND m.role >= 2)
          OR (c.admits = 2 OR NOT viewer_is_external)
             AND EXISTS (SELECT FROM memberships m
                         WHERE m.member_id = viewer_id AND m.community_id = ANY (c.ancestor_ids)
                           AND m.role = 3))
     AND NOT is_banned(viewer_id, c)
$$;
