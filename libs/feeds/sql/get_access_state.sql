-- Where the facts stand, and which of the watchers has applied what; one row with nulls when there
-- are none. No row when the database goes on in another history than the facts were told from.
SELECT head.incarnation, head.revision, lease.watcher, lease.applied
FROM access_head head LEFT JOIN access_leases lease ON true
WHERE head.history = access_history()
