-- How people sign in. The member of the same id is directory's.
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  display_name text NOT NULL,
  affiliation smallint NOT NULL,
  password_hash text NOT NULL,
  pepper_id text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT one_account_per_email UNIQUE (email),
  CONSTRAINT email_is_in_lower_case CHECK (email = lower(email)),
  CONSTRAINT affiliation_is_employee_or_external CHECK (affiliation IN (1, 2))
);
