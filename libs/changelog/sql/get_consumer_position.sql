-- How far a consumer has applied a log.
-- $1 consumer, $2 producer
SELECT incarnation, xid, n FROM consumer_positions WHERE consumer = $1 AND producer = $2
