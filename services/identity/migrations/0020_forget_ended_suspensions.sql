-- Why an account was suspended and until when goes with the suspension, whichever version ends it:
-- the one before 0019 knows of neither, and an end that it left would end a later suspension.
CREATE FUNCTION forget_ended_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.suspend_reason := '';
  NEW.suspend_expire_time := NULL;
  RETURN NEW;
END
$$;

CREATE TRIGGER forget_ended_suspension BEFORE UPDATE OF suspend_time ON accounts
FOR EACH ROW WHEN (NEW.suspend_time IS NULL) EXECUTE FUNCTION forget_ended_suspension();

UPDATE accounts SET suspend_time = NULL
WHERE suspend_time IS NULL AND (suspend_reason <> '' OR suspend_expire_time IS NOT NULL);
