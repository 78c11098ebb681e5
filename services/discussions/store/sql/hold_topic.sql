-- Holds a topic until the end of the transaction, and reads nothing: what the lock protects is
-- read by the next statement, in the same round trip.
-- $1 topic
SELECT FROM topics WHERE id = $1 FOR NO KEY UPDATE
