-- A consumer's first position; no row when it has one.
-- $1 consumer, $2 producer, $3 incarnation, $4 xid, $5 n
INSERT INTO consumer_positions (consumer, producer, incarnation, xid, n)
VALUES ($1, $2, $3, $4::text::xid8, $5)
ON CONFLICT DO NOTHING
RETURNING true
