-- Founds a community with its first owner, who is held.
-- $1 id, $2 parent or null, $3 ancestors, $4 display name, $5 description, $6 kind, $7 visibility,
-- $8 admits, $9 creation time, $10 owner, $11 location
WITH community AS (
  INSERT INTO communities (id, parent_id, ancestor_ids, display_name, description, kind, visibility,
                           admits, create_time, member_count, location)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $11)
), found_by AS (
  UPDATE members SET community_ids = community_ids || $1 WHERE id = $10
)
INSERT INTO memberships (community_id, member_id, role, create_time)
VALUES ($1, $10, 3, $9)
