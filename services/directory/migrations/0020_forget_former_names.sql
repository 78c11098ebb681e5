-- When somebody may know of a community who could not before, it forgets what it was called: those
-- names were for fewer eyes. In the statement that opens it, so that no write can forget to, also
-- none of a version that knows of no former names.
CREATE FUNCTION forget_former_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM former_names WHERE community_id = NEW.id;
  RETURN NULL;
END $$;

CREATE TRIGGER opened_communities_forget_former_names AFTER UPDATE ON communities
  FOR EACH ROW
  WHEN (NEW.visibility <> 3 AND (OLD.visibility = 3 OR NEW.admits > OLD.admits))
  EXECUTE FUNCTION forget_former_names();
