-- Who closed a poll: who keeps order opens what anybody closed, its author what it closed itself.
-- Null where it is open, and where it was closed before this was kept: then it counts as closed by
-- who keeps order. (That it is null in an open poll is no constraint: a version of before closes
-- without it.)
ALTER TABLE polls ADD COLUMN closer_id uuid;
