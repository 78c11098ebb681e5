-- Who administers the organization.
ALTER TABLE accounts
  ADD COLUMN administrator boolean NOT NULL DEFAULT false,
  ADD CONSTRAINT administrators_are_employees CHECK (NOT administrator OR affiliation = 1);

CREATE INDEX administrators ON accounts (id) WHERE administrator;
