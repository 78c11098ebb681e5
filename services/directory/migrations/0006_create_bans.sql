-- Who is kept away from a community and from everything below it. Whoever is banned belongs to none
-- of them. By member first: whether somebody is banned from a community is asked far more often
-- than who is.
CREATE TABLE bans (
  member_id uuid NOT NULL REFERENCES members,
  community_id uuid NOT NULL REFERENCES communities,
  reason text NOT NULL DEFAULT '',
  creator_id uuid NOT NULL REFERENCES members,
  create_time timestamptz NOT NULL,
  expire_time timestamptz,
  PRIMARY KEY (member_id, community_id),
  CONSTRAINT a_ban_ends_after_it_began CHECK (expire_time > create_time)
);

CREATE INDEX bans_newest_first ON bans (community_id, create_time DESC, member_id);
CREATE INDEX bans_by_end ON bans (expire_time) WHERE expire_time IS NOT NULL;

CREATE FUNCTION is_banned(banned_id uuid, c communities)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM bans b
                 WHERE b.member_id = banned_id AND b.community_id = ANY (c.ancestor_ids || c.id))
$$;

-- As before, but a ban comes before everything else.
CREATE OR REPLACE FUNCTION sees_community(viewer_id uuid, viewer_is_external boolean, c communities)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT ((c.admits = 2 OR NOT viewer_is_external)
          AND (c.visibility <> 3
               OR EXISTS (SELECT FROM memberships m
                          WHERE m.member_id = viewer_id AND m.community_id = ANY (c.ancestor_ids)
                            AND m.role = 3))
          OR EXISTS (SELECT FROM memberships m
                     WHERE m.member_id = viewer_id AND m.community_id = c.id))
     AND NOT EXISTS (SELECT FROM bans b
                     WHERE b.member_id = viewer_id
                       AND b.community_id = ANY (c.ancestor_ids || c.id))
$$;

-- Whose name a viewer reads without knowing more: externals that of whoever belongs to an OPEN
-- community that admits everybody, and from which they are not banned.
CREATE FUNCTION reads_name_of(viewer_id uuid, named_id uuid)
RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM memberships theirs
                 JOIN communities community ON community.id = theirs.community_id
                 WHERE theirs.member_id = named_id
                   AND community.visibility = 1 AND community.admits = 2
                   AND NOT is_banned(viewer_id, community))
$$;
