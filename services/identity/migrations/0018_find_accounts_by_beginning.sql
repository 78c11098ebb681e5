-- Accounts by how their names and addresses begin, for administrators. In the order of code points,
-- the only one in which what begins alike stands together; all that the search compares is in the
-- indexes.
CREATE INDEX accounts_by_name_beginning
  ON accounts (affiliation, suspended, name_key COLLATE "C", id);
CREATE INDEX accounts_by_email_beginning
  ON accounts (affiliation, suspended, email COLLATE "C", id) INCLUDE (name_key);
