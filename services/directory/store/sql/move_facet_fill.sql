-- Goes on after a member.
-- $1 member
UPDATE facet_fill SET after_id = $1
