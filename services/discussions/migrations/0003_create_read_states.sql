-- How far a member has read a topic: no row until it is touched. Nothing else is kept about
-- reading, neither when nor how long. Without a foreign key to topics: a row of a deleted topic is
-- never looked at. Only an unindexed column changes, so updates stay within the page.
CREATE TABLE read_states (
  member_id uuid NOT NULL,
  topic_id uuid NOT NULL,
  last_read_number integer NOT NULL,
  PRIMARY KEY (member_id, topic_id),
  CONSTRAINT only_what_was_read CHECK (last_read_number > 0)
) WITH (fillfactor = 85);
