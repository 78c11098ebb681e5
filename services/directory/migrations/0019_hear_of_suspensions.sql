-- Accounts that identity has suspended, also of those who are no members yet. Written by one at a
-- time, who locks the table: so whoever creates a member meanwhile waits, and finds it here.
CREATE TABLE suspended_accounts (
  member_id uuid PRIMARY KEY
);

-- The same with each member, where searches and lists read it.
ALTER TABLE members ADD COLUMN suspended boolean NOT NULL DEFAULT false;
