-- Whoever creates a member waits for who writes down a suspension, and marks the member; in the
-- statement that creates it, whichever version sends that: one that knows of no suspensions runs
-- beside this one while it is replaced.
CREATE FUNCTION mark_suspended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- It reads nothing: what somebody wrote for whom it waited is read by the next statement.
  LOCK TABLE suspended_accounts IN ROW SHARE MODE;
  NEW.suspended := EXISTS (SELECT FROM suspended_accounts WHERE member_id = NEW.id);
  RETURN NEW;
END $$;

CREATE TRIGGER new_members_are_marked_suspended BEFORE INSERT ON members
  FOR EACH ROW EXECUTE FUNCTION mark_suspended();

-- Who came unmarked before.
UPDATE members SET suspended = true, version = version + 1
WHERE id IN (SELECT member_id FROM suspended_accounts) AND NOT suspended;
