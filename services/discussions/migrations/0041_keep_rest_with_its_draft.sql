-- What a draft holds beside its text goes when a version stores the draft that knows of nothing
-- beside it: the quotes of another text are not what its member wrote. Versions that know set
-- `whole`, which no row keeps.
ALTER TABLE drafts ADD COLUMN whole boolean NOT NULL DEFAULT false;

CREATE FUNCTION keep_rest_with_its_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT NEW.whole THEN
    NEW.rest := '';
  END IF;
  NEW.whole := false;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_rest_with_its_draft BEFORE UPDATE ON drafts
  FOR EACH ROW EXECUTE FUNCTION keep_rest_with_its_draft();
