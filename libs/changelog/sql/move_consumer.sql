-- Moves a consumer from where it was seen to where its effect takes it and holds it until the
-- transaction ends; no row when somebody else has moved it.
-- $1 consumer, $2 producer, $3 incarnation, $4 xid and $5 n of the old position,
-- $6 incarnation, $7 xid and $8 n of the new one
UPDATE consumer_positions SET incarnation = $6, xid = $7::text::xid8, n = $8
WHERE consumer = $1 AND producer = $2
  AND incarnation = $3 AND xid = $4::text::xid8 AND n = $5
RETURNING true
