-- The few changes whose predecessor stands behind them in the log: they take it along, and whoever
-- reads on from between the two must know that it has been told.
CREATE INDEX inverted_changes ON change_log (after_xid, xid) WHERE after_xid > xid;
