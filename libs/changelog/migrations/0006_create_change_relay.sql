-- Which process publishes this log. Two at once do no harm, they only work twice.
CREATE TABLE change_relay (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  holder uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  until timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 10);
INSERT INTO change_relay DEFAULT VALUES;
