-- For lists of communities that an external member may see: few among many, and found without
-- reading the others.
CREATE INDEX communities_for_everyone_by_name ON communities (display_key, id)
  WHERE admits = 2 AND visibility <> 3;
CREATE INDEX secret_communities_by_ancestor ON communities USING gin (ancestor_ids)
  WITH (fastupdate = off)
  WHERE visibility = 3;
