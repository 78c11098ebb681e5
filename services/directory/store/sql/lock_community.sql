-- Holds a community until the end of the transaction. It reads nothing: a statement that had to
-- wait for the lock would still see other tables as they were before, so what decisions need is
-- read by the next statement, in the same round trip.
-- $1 community
SELECT FROM communities WHERE id = $1 FOR UPDATE
