-- Who may know of a community, in the one place of SQL that says so; the same rule as
-- COMMUNITY_READ in libs/access/decide.cpp, and a test holds the two against each other.
CREATE FUNCTION sees_community(viewer_id uuid, viewer_is_external boolean, c communities)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT (c.admits = 2 OR NOT viewer_is_external)
         AND (c.visibility <> 3
              OR EXISTS (SELECT FROM memberships m
                         WHERE m.member_id = viewer_id AND m.community_id = ANY (c.ancestor_ids)
                           AND m.role = 3))
      OR EXISTS (SELECT FROM memberships m
                 WHERE m.member_id = viewer_id AND m.community_id = c.id)
$$;

-- Whom a viewer may know: employees know everybody, externals themselves and those with whom they
-- share a community.
CREATE FUNCTION sees_member(viewer_id uuid, viewer_is_external boolean, member_id uuid)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT NOT viewer_is_external OR viewer_id = $3
      OR EXISTS (SELECT FROM memberships mine
                 JOIN memberships theirs ON theirs.community_id = mine.community_id
                 WHERE mine.member_id = viewer_id AND theirs.member_id = $3)
$$;
