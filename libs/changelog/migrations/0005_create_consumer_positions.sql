-- How far this service has applied the logs of others: moved in the transaction of the effect.
CREATE TABLE consumer_positions (
  consumer text NOT NULL,
  producer text NOT NULL,
  incarnation uuid NOT NULL,
  xid xid8 NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (consumer, producer)
) WITH (fillfactor = 50);
