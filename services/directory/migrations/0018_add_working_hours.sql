-- How others speak of a member, and when it can be reached: starts and ends of stretches of the week
-- by turns, in minutes since Monday 0:00 of the member's time zone, in their order.
ALTER TABLE members
  ADD COLUMN pronouns text NOT NULL DEFAULT '',
  ADD COLUMN working_hours integer[] NOT NULL DEFAULT '{}',
  ADD CONSTRAINT working_hours_end CHECK (cardinality(working_hours) % 2 = 0);
