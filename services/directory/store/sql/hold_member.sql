-- Holds a member until the end of the transaction, so that its memberships and bans are written, and
-- what it sees is looked at, one write at a time. NO KEY: a membership that refers to the member
-- elsewhere need not wait.
-- $1 member
SELECT FROM members WHERE id = $1 FOR NO KEY UPDATE
